/** What wears a bit, for {@link wearRate}. */
export interface WearLoad {
  readonly weightN: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
  readonly bitRadiusM: number;
  /** Relative to a rock of abrasiveness 1. */
  readonly abrasiveness: number;
  /** Weight times sliding distance, N·m, that wears this bit out in a rock of abrasiveness 1. */
  readonly wearCapacityNm: number;
}

/**
 * Share of a bit's life used up per second. Wear volume is proportional to load and sliding distance (Archard 1953,
 * J. Appl. Phys. 24); the rock enters as one abrasiveness factor, as in Bourgoyne & Young (1974, SPE J. 14(4)):
 *
 *   dw/dt = abrasiveness·W·v / capacity,   v = 2πN·⅔a
 *
 * v is the sliding speed averaged over the area of the bit face. Bit quality is in the capacity.
 *
 * @example
 * ```ts
 * import { wearRate } from '@i-drill/drilling';
 * // v = 2π m/s, W·v = 2000π W
 * const load = { weightN: 1000, rotationHz: 1, bitRadiusM: 1.5, abrasiveness: 2, wearCapacityNm: 1e6 * Math.PI };
 * wearRate(load).toFixed(6); // => '0.004000'
 * ```
 */
export function wearRate({ weightN, rotationHz, bitRadiusM, abrasiveness, wearCapacityNm }: WearLoad): number {
  const slidingSpeed = 2 * Math.PI * rotationHz * (2 / 3) * bitRadiusM;
  return (abrasiveness * weightN * slidingSpeed) / wearCapacityNm;
}

const sharpFlatM = 0.0015;
const wornOutFlatM = 0.005;

/**
 * Length of all wear flats along a radius: from 1.5 mm on a new bit to 5 mm on one worn out, linear in wear. The two ends
 * are settings of this model.
 *
 * @returns m
 *
 * @example
 * ```ts
 * import { wearFlat } from '@i-drill/drilling';
 * wearFlat(1); // => 0.005
 * ```
 */
export function wearFlat(wear: number): number {
  return sharpFlatM + (wornOutFlatM - sharpFlatM) * wear;
}
