import { integratedAutocorrelationTime, mean, standardDeviation } from '@i-drill/numerics';
import { levelScores } from './level-scores.js';

/** What one series says of the distribution at each level. */
export interface SeriesDependence {
  readonly rows: number;
  /** Mean score per level. */
  readonly means: readonly number[];
  /** Variance of the scores around the series' own mean, summed over the levels. */
  readonly variance: number;
  /** Variance of a mean score times the rows, for many rows: Σ variance·τ over the levels. */
  readonly longRunVariance: number;
}

/** Measures one nonempty series at the given levels. */
export function seriesDependence(values: ArrayLike<number>, levels: readonly number[]): SeriesDependence {
  const scores = levels.map((level) => levelScores(values, level));
  const variances = scores.map((score) => standardDeviation(score) ** 2);
  return {
    rows: values.length,
    means: scores.map(mean),
    variance: variances.reduce((sum, variance) => sum + variance, 0),
    longRunVariance: scores.reduce((sum, score, i) => sum + variances[i]! * integratedAutocorrelationTime(score), 0),
  };
}

/** Rows of the series that are worth one independent row; 1 where it never crosses a level. */
export function dependenceTime({ variance, longRunVariance }: SeriesDependence): number {
  return variance > 0 ? longRunVariance / variance : 1;
}
