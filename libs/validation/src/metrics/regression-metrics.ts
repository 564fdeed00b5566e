import { requirePairs } from './require-pairs.js';

/** How far predictions of a number are off, in units of the target. */
export interface RegressionMetrics {
  /** Mean absolute error. */
  readonly mae: number;
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** 1 − squared errors over squared deviations from the mean: 1 is perfect, 0 is as good as the mean. */
  readonly r2: number;
  /** Mean of predicted − actual: positive predicts too much. */
  readonly meanError: number;
}

/**
 * Metrics of predictions against the truth. Not finite where they have no value: all of them for no pairs or a value
 * that is not finite, `r2` for a truth that never changes. Such a metric passes no check.
 *
 * @throws RangeError where the lengths differ
 *
 * @example
 * ```ts
 * import { regressionMetrics } from '@i-drill/validation';
 * regressionMetrics([1, 2, 3], [1, 2, 6]); // => { mae: 1, rmse: Math.sqrt(3), r2: -3.5, meanError: 1 }
 * ```
 */
export function regressionMetrics(actual: ArrayLike<number>, predicted: ArrayLike<number>): RegressionMetrics {
  requirePairs(actual, predicted);
  const count = actual.length;
  const center = total(count, (i) => actual[i]!) / count;
  const squares = total(count, (i) => (predicted[i]! - actual[i]!) ** 2);
  const spread = total(count, (i) => (actual[i]! - center) ** 2);
  return {
    mae: total(count, (i) => Math.abs(predicted[i]! - actual[i]!)) / count,
    rmse: Math.sqrt(squares / count),
    r2: spread > 0 ? 1 - squares / spread : Number.NaN,
    meanError: total(count, (i) => predicted[i]! - actual[i]!) / count,
  };
}

function total(count: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum;
}
