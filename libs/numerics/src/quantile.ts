import { quantileSorted } from 'simple-statistics';

/**
 * The value below which a share `p` of the values lies, linear between order statistics (type 7 of Hyndman and Fan
 * 1996, the default of NumPy and R). Takes values in any order.
 *
 * @param p share in [0, 1]
 *
 * @example
 * ```ts
 * import { quantile } from '@i-drill/numerics';
 * quantile([4, 1, 3, 2], 0.5); // => 2.5
 * ```
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p);
}

/**
 * {@link quantile} of values that are in ascending order already, without a copy. The order is not checked.
 *
 * @example
 * ```ts
 * import { quantileOfSorted } from '@i-drill/numerics';
 * quantileOfSorted([1, 2, 3, 4], 0.25); // => 1.75
 * ```
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('Cannot take a quantile: there are 0 values; give at least 1');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Cannot take a quantile: p is ${p}; give a share in [0, 1]`);
  return quantileSorted(sorted as number[], p);
}
