/**
 * Largest share of rock in the flow at the bit face that is still carried away. A setting of this model: field practice
 * names a founder point, not a number (Dupriest & Koederitz 2005, SPE/IADC 92194).
 */
const clearedShare = 0.012;

/** Flow at the bit and the hole it cleans, for {@link founderDepth}. */
export interface BitCleaning {
  /** m³/s. */
  readonly flow: number;
  readonly holeAreaM2: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
}

/**
 * Depth of cut per revolution at which the bit founders: the cuttings A·d·N fill 1.2 % of the flow Q.
 *
 *   d = 0.012·Q / (A·N)
 *
 * @returns m
 *
 * @example
 * ```ts
 * import { founderDepth } from '@i-drill/drilling';
 * founderDepth({ flow: 0.5, holeAreaM2: 0.5, rotationHz: 2 }); // => 0.006
 * ```
 */
export function founderDepth({ flow, holeAreaM2, rotationHz }: BitCleaning): number {
  return (clearedShare * flow) / (holeAreaM2 * rotationHz);
}

/** Rock removed and the flow that carries it, for {@link cuttingsLoad}. */
export interface CuttingsTransport {
  /** Metres per second. */
  readonly penetrationRate: number;
  readonly holeAreaM2: number;
  /** m³/s. */
  readonly flow: number;
  readonly mudDensityKgM3: number;
}

const rockDensityKgM3 = 2600;

/**
 * By how much cuttings make the returns heavier, without slip: Δρ = c·(ρ_rock − ρ_mud) with the volume share
 * c = A·R / (A·R + Q) and ρ_rock = 2600 kg/m³.
 *
 * @returns kg/m³
 *
 * @example
 * ```ts
 * import { cuttingsLoad } from '@i-drill/drilling';
 * cuttingsLoad({ penetrationRate: 0.01, holeAreaM2: 0.1, flow: 0.099, mudDensityKgM3: 1200 }); // => 14
 * ```
 */
export function cuttingsLoad({ penetrationRate, holeAreaM2, flow, mudDensityKgM3 }: CuttingsTransport): number {
  const rockFlow = penetrationRate * holeAreaM2;
  return (rockFlow / (rockFlow + flow)) * (rockDensityKgM3 - mudDensityKgM3);
}
