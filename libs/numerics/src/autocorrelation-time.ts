import { autocorrelation } from './autocorrelation.js';
import { isConstant } from './moments.js';

/**
 * How many rows of a series are worth one independent row: τ = 1 + 2·Σ_{k≥1} ρ_k.
 *
 * The sum is cut by Geyer's initial monotone positive sequence (1992, "Practical Markov chain Monte Carlo", Statistical
 * Science 7(4), §3.3): pairs Γ_m = ρ_{2m} + ρ_{2m+1} are added while positive, none larger than the one before. Unlike a
 * fixed number of lags, this follows the series. Because the mean is estimated from the same rows, the sum over L lags
 * comes out too small by the share L/n (Sokal 1997, "Monte Carlo methods in statistical mechanics", §3); it is divided
 * by 1 − L/n.
 *
 * At least 1 (a series that overshoots, ρ_1 < 0, is not taken for more rows than it has) and at most n, which a straight
 * line reaches: it is one observation. A constant series has no autocorrelation: its time is 1, and
 * {@link effectiveSampleSize} counts the series as one observation. NaN where a value is not finite.
 *
 * @example
 * ```ts
 * import { integratedAutocorrelationTime } from '@i-drill/numerics';
 * integratedAutocorrelationTime([1, -1, 1, -1, 1, -1]); // => 1
 * integratedAutocorrelationTime([1, 2, 3, 4, 5, 6, 7, 8]); // => 8
 * ```
 */
export function integratedAutocorrelationTime(values: ArrayLike<number>): number {
  if (isConstant(values)) return 1;
  const n = values.length;
  const { sum, pairs } = initialMonotoneSum(autocorrelation(values));
  const time = 2 * sum - 1;
  if (time <= 1) return 1;
  const lags = 4 * pairs - 1; // on both sides of lag 0
  return lags < n ? Math.min(time / (1 - lags / n), n) : n;
}

/** Σ Γ_m over the leading positive pairs, made non-increasing, and their number. */
function initialMonotoneSum(rho: Float64Array): { sum: number; pairs: number } {
  let sum = 0;
  let smallest = Infinity;
  let pairs = 0;
  for (; 2 * pairs + 1 < rho.length; pairs++) {
    const pair = rho[2 * pairs]! + rho[2 * pairs + 1]!;
    if (pair <= 0) break;
    smallest = Math.min(smallest, pair);
    sum += smallest;
  }
  return { sum, pairs };
}
