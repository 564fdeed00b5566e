import { integratedAutocorrelationTime, isConstant, mean } from '@i-drill/numerics';

/**
 * How many independent rows the reference is worth in one column: the smaller of two estimates, and at least one per
 * series.
 *
 * - Within series: Σ n_i/τ_i, τ the integrated autocorrelation time. A constant series counts once.
 * - Between series: σ²/Var(x̄), the variance of the pooled mean taken from the scatter of the series' own means (batch
 *   means, with the series as batches): Var(x̄) = k/(k − 1)·Σ w_i²(x̄_i − x̄)², w_i = n_i/Σn. Units that differ by a level
 *   of their own (wells, engines) are worth little more than one row each, however long they are.
 */
export function referenceEffectiveRows(series: readonly ArrayLike<number>[]): number {
  const nonempty = series.filter((values) => values.length > 0);
  const within = nonempty.reduce((total, values) => total + rowsWorth(values), 0);
  return Math.max(nonempty.length, Math.min(within, betweenSeriesRows(nonempty)));
}

/**
 * How many independent rows the current series are worth in one column, under the assumption to be tested: that they
 * depend on time as the reference does. Each series counts n/max(τ, τ_reference), at least 1. The reference's time is
 * the floor because a short stretch shows too little of its own: thirty rows of one engine are one moment of its life,
 * and a stuck sensor has no autocorrelation at all.
 *
 * @param referenceTime rows of the reference per effective row, at least 1
 */
export function currentEffectiveRows(series: readonly ArrayLike<number>[], referenceTime: number): number {
  return series
    .filter((values) => values.length > 0)
    .map((values) => values.length / Math.max(integratedAutocorrelationTime(values), referenceTime))
    .reduce((total, rows) => total + Math.max(rows, 1), 0);
}

function rowsWorth(values: ArrayLike<number>): number {
  return isConstant(values) ? 1 : values.length / integratedAutocorrelationTime(values);
}

function betweenSeriesRows(series: readonly ArrayLike<number>[]): number {
  if (series.length < 2) return Infinity; // one series says nothing of others
  const total = series.reduce((sum, values) => sum + values.length, 0);
  const means = series.map(mean);
  const center = means.reduce((sum, value, i) => sum + (value * series[i]!.length) / total, 0);
  const scatter = means.reduce((sum, value, i) => sum + ((series[i]!.length / total) * (value - center)) ** 2, 0);
  const varianceOfMean = (scatter * series.length) / (series.length - 1);
  const variance = series.reduce((sum, values) => sum + squaresAround(values, center), 0) / total;
  return varianceOfMean > 0 ? variance / varianceOfMean : Infinity;
}

function squaresAround(values: ArrayLike<number>, center: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - center) ** 2;
  return sum;
}
