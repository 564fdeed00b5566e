/** What the bit is given and what it drills, for {@link specificEnergy}. */
export interface DrillingPower {
  readonly weightN: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
  readonly torqueNm: number;
  /** Metres per second. */
  readonly penetrationRate: number;
  readonly holeAreaM2: number;
}

/**
 * Mechanical specific energy, the work spent per volume of rock removed (Teale 1965, "The concept of specific energy in
 * rock drilling", Int. J. Rock Mech. Min. Sci. 2, eq. 1):
 *
 *   e = W / A + 2π·N·T / (A·R)
 *
 * with weight W, hole area A, rotation N, torque T and rate of penetration R. Infinite where nothing is drilled.
 *
 * @returns Pa, which is J/m³
 *
 * @example
 * ```ts
 * import { specificEnergy } from '@i-drill/drilling';
 * specificEnergy({ weightN: 100, rotationHz: 2, torqueNm: 0, penetrationRate: 1, holeAreaM2: 4 }); // => 25
 * ```
 */
export function specificEnergy(power: DrillingPower): number {
  const { weightN, rotationHz, torqueNm, penetrationRate, holeAreaM2 } = power;
  const thrust = weightN / holeAreaM2;
  const rotary = (2 * Math.PI * rotationHz * torqueNm) / (holeAreaM2 * penetrationRate);
  return thrust + rotary;
}
