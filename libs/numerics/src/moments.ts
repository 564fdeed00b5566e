import { mean as compensatedMean } from 'simple-statistics';

/**
 * The arithmetic mean, summed with Kahan and Babuska's correction. NaN where a value is NaN.
 *
 * @example
 * ```ts
 * import { mean } from '@i-drill/numerics';
 * mean([1, 2, 6]); // => 3
 * ```
 */
export function mean(values: ArrayLike<number>): number {
  requireValues(values, 'take the mean');
  return compensatedMean(values as number[]);
}

/**
 * The population standard deviation (divided by n, not n − 1), in two passes. Equal values give exactly 0.
 *
 * @example
 * ```ts
 * import { standardDeviation } from '@i-drill/numerics';
 * standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]); // => 2
 * standardDeviation([0.1, 0.1, 0.1]); // => 0
 * ```
 */
export function standardDeviation(values: ArrayLike<number>): number {
  requireValues(values, 'take the standard deviation');
  if (isConstant(values)) return 0; // the mean of equal values may miss them by one rounding
  const center = mean(values);
  let squares = 0;
  for (let i = values.length - 1; i >= 0; i--) squares += (values[i]! - center) ** 2;
  return Math.sqrt(squares / values.length);
}

/** Whether all values are equal. An empty list is. */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

function requireValues(values: ArrayLike<number>, action: string): void {
  if (values.length === 0) throw new RangeError(`Cannot ${action}: there are 0 values; give at least 1`);
}
