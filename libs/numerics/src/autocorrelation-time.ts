import { autocorrelation } from './autocorrelation.js';
import { isConstant } from './moments.js';

/**
 * How many rows of a series are worth one independent row: τ = 1 + 2·Σ_{k≥1} ρ_k.
 *
 * The sum is cut by Geyer's initial monotone positive sequence (1992, "Practical Markov chain Monte Carlo", Statistical
 * Science 7(4), §3.3): pairs Γ_m = ρ_{2m} + ρ_{2m+1} are added while positive, none larger than the one before. Unlike a
 * fixed number of lags, this follows the series, and on a trend it stays large (0.35·n on a straight line).
 *
 * At least 1 (a series that overshoots, ρ_1 < 0, is not taken for more rows than it has) and at most n. A constant
 * series has no autocorrelation: its time is 1, and {@link effectiveSampleSize} counts the series as one observation.
 * Short series of n < 10·τ are estimated too low. NaN where a value is not finite.
 *
 * @example
 * ```ts
 * import { integratedAutocorrelationTime } from '@i-drill/numerics';
 * integratedAutocorrelationTime([1, -1, 1, -1, 1, -1]); // => 1
 * integratedAutocorrelationTime([1, 1, 1, 1, 5, 5, 5, 5]) > 2; // => true
 * ```
 */
export function integratedAutocorrelationTime(values: ArrayLike<number>): number {
  if (isConstant(values)) return 1;
  const rho = autocorrelation(values);
  const time = 2 * initialMonotoneSum(rho) - 1;
  return Math.min(Math.max(time, 1), values.length);
}

/** Σ Γ_m over the leading positive pairs, made non-increasing. */
function initialMonotoneSum(rho: Float64Array): number {
  let sum = 0;
  let smallest = Infinity;
  for (let lag = 0; lag + 1 < rho.length; lag += 2) {
    const pair = rho[lag]! + rho[lag + 1]!;
    if (pair <= 0) break;
    smallest = Math.min(smallest, pair);
    sum += smallest;
  }
  return sum;
}
