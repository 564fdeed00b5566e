import { requirePairs } from './require-pairs.js';

const earlyScale = 13;
const lateScale = 10;

/**
 * Score of the PHM 2008 challenge (Saxena et al. 2008), a sum over predictions of remaining life, in cycles:
 *
 *   d = predicted − actual
 *   s = e^(−d/13) − 1  for d < 0 (early),  e^(d/10) − 1  for d ≥ 0 (late)
 *
 * 0 is perfect; late costs more than early. NaN for no predictions.
 *
 * @throws RangeError where the lengths differ
 *
 * @example
 * ```ts
 * import { phmScore } from '@i-drill/validation';
 * phmScore([100, 50], [100, 60]); // => Math.E - 1
 * ```
 */
export function phmScore(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  requirePairs(actual, predicted);
  if (actual.length === 0) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const late = predicted[i]! - actual[i]!;
    sum += Math.expm1(late < 0 ? -late / earlyScale : late / lateScale);
  }
  return sum;
}
