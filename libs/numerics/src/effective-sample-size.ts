import { integratedAutocorrelationTime } from './autocorrelation-time.js';
import { isConstant } from './moments.js';

/**
 * How many independent rows a set of series is worth: Σ n/τ over the series, each with its own integrated
 * autocorrelation time. A nonempty series counts at least 1; a constant one counts exactly 1, however long it is; an
 * empty one counts nothing. Series are taken as independent of one another.
 *
 * @example
 * ```ts
 * import { effectiveSampleSize } from '@i-drill/numerics';
 * effectiveSampleSize([[1, -1, 1, -1], [7, 7, 7], []]); // => 5
 * ```
 */
export function effectiveSampleSize(series: readonly ArrayLike<number>[]): number {
  return series.reduce((total, values) => total + effectiveRows(values), 0);
}

function effectiveRows(values: ArrayLike<number>): number {
  if (values.length === 0) return 0;
  if (isConstant(values)) return 1;
  return values.length / integratedAutocorrelationTime(values);
}
