import { polarMoment, shearModulusPa, steelKgM3, type Tube } from './stick-slip.js';

/** A drill string with collars at its end, as far as it twists. */
export interface StringGeometry {
  readonly pipe: Tube;
  readonly pipeLengthM: number;
  readonly collar: Tube;
  readonly collarLengthM: number;
}

/** How the string is modelled. */
export interface TorsionalOptions {
  /** Pieces of the pipe. @default 100 */
  readonly elements?: number;
  /** Viscous friction of the pipe in mud, N·m per rad/s and metre. @default 0 */
  readonly dampingPerM?: number;
}

/** A drill string that turns and twists in time; the top turns at the speed it is told. */
export interface TimedString {
  /** Lets time pass. @param bitTorque what the rock takes at a bit speed in rad/s, N·m */
  run(seconds: number, topSpeed: number, bitTorque: (bitSpeed: number) => number): void;
  /** Sets everything turning at one speed, untwisted. */
  turn(speed: number): void;
  /** Of the collars and the bit, rad/s. */
  readonly bitSpeed: number;
  /** What the top drive has to give, N·m. */
  readonly topTorque: number;
  /** Turned by the top less turned by the bit, rad. */
  readonly twist: number;
  /** Kinetic and elastic, J. */
  readonly energy: number;
  /** Put in by the top so far, J. */
  readonly workIn: number;
  /** Taken by the rock and by friction so far, J. */
  readonly workOut: number;
}

/** Share of the longest stable step that is taken. */
const stepShare = 0.1;

/**
 * A chain of springs and flywheels: n pieces of pipe, k = GJ / Δx and I = ρJ·Δx each, with the collars as the last flywheel (lumped,
 * as in Navarro-López & Cortés 2007, J. Sound Vib. 307). Stepped by the leapfrog method of second order, whose longest stable
 * step is 2 / ω_max with ω_max = 2·√(k / I); a tenth of that is taken. Memory is taken once.
 *
 * @example
 * ```ts
 * import { createTorsionalString } from '@i-drill/drilling';
 * const pipe = { outerM: 0.127, innerM: 0.1086 };
 * const string = createTorsionalString({ pipe, pipeLengthM: 2000, collar: { outerM: 0.165, innerM: 0.071 }, collarLengthM: 150 });
 * string.turn(12);
 * string.run(1, 12, () => 0);
 * string.bitSpeed.toFixed(6); // => '12.000000'
 * ```
 */
export function createTorsionalString(geometry: StringGeometry, options: TorsionalOptions = {}): TimedString {
  const { elements = 100, dampingPerM = 0 } = options;
  requireGeometry(geometry, elements);
  const { pipe, pipeLengthM, collar, collarLengthM } = geometry;
  const length = pipeLengthM / elements;
  const stiffness = (shearModulusPa * polarMoment(pipe)) / length;
  const piece = steelKgM3 * polarMoment(pipe) * length;
  const inertias = new Float64Array(elements).fill(piece);
  inertias[elements - 1] = piece / 2 + steelKgM3 * polarMoment(collar) * collarLengthM;
  const damping = dampingPerM * length;
  // Angle and speed of the lower end of each piece; the upper end of the first is the top drive.
  const [angles, speeds] = [new Float64Array(elements), new Float64Array(elements)];
  const totals = { top: 0, workIn: 0, workOut: 0 };
  const longestStep = (stepShare * 2) / (2 * Math.sqrt(stiffness / piece));

  /** Speeds by half a step: springs, friction, rock. */
  function kick(seconds: number, bitTorque: (bitSpeed: number) => number): void {
    let above = stiffness * (totals.top - angles[0]!);
    for (let i = 0; i < elements; i++) {
      const isBit = i === elements - 1;
      const below = isBit ? 0 : stiffness * (angles[i]! - angles[i + 1]!);
      const speed = speeds[i]!;
      const drag = damping * speed + (isBit ? bitTorque(speed) : 0);
      const next = speed + ((above - below - drag) * seconds) / inertias[i]!;
      totals.workOut += drag * 0.5 * (speed + next) * seconds;
      speeds[i] = next;
      above = below;
    }
  }

  function step(seconds: number, topSpeed: number, bitTorque: (bitSpeed: number) => number): void {
    const before = stiffness * (totals.top - angles[0]!);
    kick(seconds / 2, bitTorque);
    for (let i = 0; i < elements; i++) angles[i]! += speeds[i]! * seconds;
    totals.top += topSpeed * seconds;
    totals.workIn += 0.5 * (before + stiffness * (totals.top - angles[0]!)) * topSpeed * seconds;
    kick(seconds / 2, bitTorque);
  }

  return {
    run(seconds, topSpeed, bitTorque) {
      const steps = Math.max(1, Math.ceil(seconds / longestStep));
      for (let i = 0; i < steps; i++) step(seconds / steps, topSpeed, bitTorque);
    },
    turn(speed) {
      angles.fill(totals.top);
      speeds.fill(speed);
    },
    get bitSpeed() {
      return speeds[elements - 1]!;
    },
    get topTorque() {
      return stiffness * (totals.top - angles[0]!);
    },
    get twist() {
      return totals.top - angles[elements - 1]!;
    },
    get energy() {
      let energy = 0.5 * stiffness * (totals.top - angles[0]!) ** 2;
      for (let i = 0; i < elements; i++) {
        energy += 0.5 * inertias[i]! * speeds[i]! ** 2;
        if (i > 0) energy += 0.5 * stiffness * (angles[i - 1]! - angles[i]!) ** 2;
      }
      return energy;
    },
    get workIn() {
      return totals.workIn;
    },
    get workOut() {
      return totals.workOut;
    },
  };
}

function requireGeometry({ pipe, pipeLengthM, collar, collarLengthM }: StringGeometry, elements: number): void {
  const isTube = ({ outerM, innerM }: Tube): boolean => outerM > innerM && innerM >= 0;
  if (!isTube(pipe) || !isTube(collar) || !(pipeLengthM > 0) || !(collarLengthM > 0)) {
    throw new RangeError('Cannot model a drill string: lengths and walls of pipe and collars must be above 0');
  }
  if (!Number.isInteger(elements) || elements < 1) {
    throw new RangeError(`Cannot model a drill string: ${elements} elements; give a whole number from 1 on`);
  }
}

/**
 * The lowest frequency at which a string swings with its top held, from the wave equation of the pipe with the collars as a
 * flywheel at its end (Den Hartog 1956, "Mechanical Vibrations", §4.4):
 *
 *   x·tan x = I_pipe / I_collars,   f = x·c / (2π·L),   c = √(G / ρ)
 *
 * @returns Hz
 *
 * @example
 * ```ts
 * import { lowestTorsionalFrequency } from '@i-drill/drilling';
 * const pipe = { outerM: 0.127, innerM: 0.1086 };
 * const geometry = { pipe, pipeLengthM: 2000, collar: { outerM: 0.165, innerM: 0.071 }, collarLengthM: 150 };
 * lowestTorsionalFrequency(geometry).toFixed(3); // => '0.281'
 * ```
 */
export function lowestTorsionalFrequency({ pipe, pipeLengthM, collar, collarLengthM }: StringGeometry): number {
  const ratio = (polarMoment(pipe) * pipeLengthM) / (polarMoment(collar) * collarLengthM);
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (middle * Math.tan(middle) < ratio) low = middle;
    else high = middle;
  }
  return (low * Math.sqrt(shearModulusPa / steelKgM3)) / (2 * Math.PI * pipeLengthM);
}

/** How the torque of a bit falls as it begins to turn. */
export interface WeakeningTorque {
  /** At speed, N·m. */
  readonly slidingNm: number;
  /** At rest, N·m. */
  readonly staticNm: number;
  /** Speed over which it falls, rad/s. */
  readonly fallSpeed: number;
}

/**
 * T(ω) = (T_c + (T_s − T_c)·e^(−|ω| / ω_f))·tanh(ω / 0.1 rad/s): Stribeck's curve with a steep, smooth change of sign, which makes a
 * bit stick and slip where the top is slow.
 */
export function weakeningTorque({ slidingNm, staticNm, fallSpeed }: WeakeningTorque): (bitSpeed: number) => number {
  return (speed) =>
    (slidingNm + (staticNm - slidingNm) * Math.exp(-Math.abs(speed) / fallSpeed)) * Math.tanh(speed / 0.1);
}

/**
 * The severity of stick-slip from speeds of the bit at equal times: (greatest − least) / (2·mean); 1 and above where it comes to
 * rest.
 *
 * @throws RangeError for no speeds
 */
export function severityOf(bitSpeeds: readonly number[]): number {
  if (bitSpeeds.length === 0) throw new RangeError('Cannot judge stick-slip: no speeds are given');
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (const speed of bitSpeeds) {
    low = Math.min(low, speed);
    high = Math.max(high, speed);
    sum += speed;
  }
  return (high - low) / ((2 * sum) / bitSpeeds.length);
}
