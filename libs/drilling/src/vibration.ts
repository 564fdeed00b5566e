/**
 * Steady amplitude of a damped mass on a spring over its static one (Den Hartog 1956, "Mechanical Vibrations", §2.8); the
 * same form carries the critical speeds of a drill string (Dareing & Livesay 1968, J. Eng. Ind. 90(4)):
 *
 *   1 / √((1 − r²)² + (2·ζ·r)²)
 *
 * @param frequencyRatio r, excitation over natural frequency
 * @param dampingRatio ζ, as a share of critical damping
 *
 * @example
 * ```ts
 * import { resonanceGain } from '@i-drill/drilling';
 * resonanceGain(1, 0.25); // => 2
 * ```
 */
export function resonanceGain(frequencyRatio: number, dampingRatio: number): number {
  return 1 / Math.hypot(1 - frequencyRatio ** 2, 2 * dampingRatio * frequencyRatio);
}

/** What shakes the string, for {@link bitVibration}. */
export interface VibrationSource {
  /** Revolutions per second. */
  readonly rotationHz: number;
  /** Rotation at which the bottom-hole assembly whirls most. */
  readonly lateralCriticalHz: number;
  /** Rotation at which the string bounces most. */
  readonly axialCriticalHz: number;
  readonly strengthPa: number;
  /** 0 new, 1 worn out. */
  readonly wear: number;
}

/** Root-mean-square accelerations near the bit, in g. */
export interface BitVibration {
  readonly axialG: number;
  readonly lateralG: number;
}

const dampingRatio = 0.25;
const referenceStrengthPa = 250e6;
const referenceRotationHz = 2;

/**
 * Vibration near the bit. An assumption of this model in its shape, not a published law: axial shaking follows rock
 * strength, lateral shaking the centrifugal force (rotation squared), both amplified near a critical speed, and both grow
 * with wear, because dull cutters bite unevenly:
 *
 *   axial = 0.15 g·(ε / 250 MPa)·gain·(1 + 1.2·w),   lateral = 0.4 g·(N / 2 Hz)²·gain·(1 + 1.5·w)
 *
 * @example
 * ```ts
 * import { bitVibration } from '@i-drill/drilling';
 * const source = { rotationHz: 2, lateralCriticalHz: 2, axialCriticalHz: 2, strengthPa: 250e6, wear: 0 };
 * bitVibration(source); // => { axialG: 0.3, lateralG: 0.8 }
 * ```
 */
export function bitVibration(source: VibrationSource): BitVibration {
  const { rotationHz, lateralCriticalHz, axialCriticalHz, strengthPa, wear } = source;
  const axialGain = resonanceGain(rotationHz / axialCriticalHz, dampingRatio);
  const lateralGain = resonanceGain(rotationHz / lateralCriticalHz, dampingRatio);
  return {
    axialG: 0.15 * (strengthPa / referenceStrengthPa) * axialGain * (1 + 1.2 * wear),
    lateralG: 0.4 * (rotationHz / referenceRotationHz) ** 2 * lateralGain * (1 + 1.5 * wear),
  };
}
