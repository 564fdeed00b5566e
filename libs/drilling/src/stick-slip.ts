/** A drill string, as far as its twisting goes. */
export interface TorsionalString {
  /** Shear modulus times polar moment of the pipe, N·m². */
  readonly pipeStiffness: number;
  /** Moment of inertia of the bottom-hole assembly, kg·m². */
  readonly assemblyInertia: number;
  /** Of the pipe per length, kg·m. */
  readonly pipeInertiaPerM: number;
}

/** G of drill pipe. */
export const shearModulusPa = 79.3e9;
/** ρ of drill pipe. */
export const steelKgM3 = 7850;

/** A pipe by its two diameters. */
export interface Tube {
  readonly outerM: number;
  readonly innerM: number;
}

/** The string of a pipe and an assembly of collars. */
export function torsionalString(pipe: Tube, collar: Tube, collarLengthM: number): TorsionalString {
  return {
    pipeStiffness: shearModulusPa * polarMoment(pipe),
    assemblyInertia: steelKgM3 * polarMoment(collar) * collarLengthM,
    pipeInertiaPerM: steelKgM3 * polarMoment(pipe),
  };
}

/** π/32·(D⁴ − d⁴), m⁴. */
export function polarMoment({ outerM, innerM }: Tube): number {
  return (Math.PI / 32) * (outerM ** 4 - innerM ** 4);
}

/**
 * How badly the bit sticks and slips: the swing of its speed over the mean speed, 1 where it comes to rest. A string with one
 * mode, k = GJ / L and J = assembly + a third of the pipe, answers a torque that falls from T to (1 − w)·T as the bit begins to
 * turn with a swing of w·T / √(k·J) (the step response of an undamped oscillator; Kyllingstad & Halsey 1988, SPE Drill. Eng.
 * 3(4), for the mode), so that the severity is
 *
 *   S = w·T / (Ω·√(k·J))
 *
 * More weight or a longer string makes it worse, more speed better. `createTorsionalString` is the model in time it stands for.
 *
 * @returns Infinity for a bit that is loaded and does not turn
 */
export function stickSlipSeverity(string: TorsionalString, load: TorsionalLoad): number {
  const { lengthM, rotationHz, torqueNm } = load;
  if (torqueNm <= 0) return 0;
  const stiffness = string.pipeStiffness / lengthM;
  const inertia = string.assemblyInertia + (string.pipeInertiaPerM * lengthM) / 3;
  return (weakening * torqueNm) / (2 * Math.PI * rotationHz * Math.sqrt(stiffness * inertia));
}

/** What twists a string. */
export interface TorsionalLoad {
  readonly lengthM: number;
  /** At the top. */
  readonly rotationHz: number;
  /** At the bit. */
  readonly torqueNm: number;
}

/** Share of the torque that is lost as the bit begins to turn; a setting of this model. */
const weakening = 0.4;
