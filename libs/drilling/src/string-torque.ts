/** A straight inclined section of rotating pipe, for {@link stringTorque}. */
export interface RotatingString {
  readonly lengthM: number;
  /** Buoyed weight per length, N/m. */
  readonly weightPerLength: number;
  readonly inclinationRad: number;
  readonly jointRadiusM: number;
  readonly frictionCoefficient: number;
}

/**
 * Torque lost between rig floor and bit: Coulomb friction of a soft string in a straight inclined hole (Johancsik, Friesen
 * & Dawson 1984, J. Pet. Technol. 36(6), without the tension term, which needs a bend):
 *
 *   T = μ·q·L·sin(θ)·r
 *
 * @returns N·m
 *
 * @example
 * ```ts
 * import { stringTorque } from '@i-drill/drilling';
 * const string = { lengthM: 1000, weightPerLength: 250, jointRadiusM: 0.08, frictionCoefficient: 0.25 };
 * stringTorque({ ...string, inclinationRad: Math.PI / 2 }); // => 5000
 * ```
 */
export function stringTorque(string: RotatingString): number {
  const { lengthM, weightPerLength, inclinationRad, jointRadiusM, frictionCoefficient } = string;
  return frictionCoefficient * weightPerLength * lengthM * Math.sin(inclinationRad) * jointRadiusM;
}
