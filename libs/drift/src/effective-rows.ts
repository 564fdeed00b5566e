import { dependenceLevels } from './level-scores.js';
import { dependenceTime, seriesDependence, type SeriesDependence } from './series-dependence.js';

/**
 * With fewer reference series than this, their time is uncertain. Also the weight, in series, of the estimate within
 * series against the scatter between them.
 */
const fewSeries = 10;

/** How far an uncertain reference time may be below the truth. */
const timeFactor = 3;

/** What the reference knows of dependence in one column. */
export interface ReferenceDependence {
  readonly levels: readonly number[];
  /** Reference rows per effective row, at least 1. */
  readonly time: number;
  /** Mean rows of a reference series. */
  readonly meanRows: number;
  /** Number of reference series. */
  readonly series: number;
}

/**
 * How many independent rows the reference is worth in one column: σ²/Var(F), the variance of one row's score at the
 * quartiles over the variance of the pooled mean score F. Two estimates of Var(F) are joined, w_i = n_i/Σn:
 *
 *   within   W = Σ w_i²·σ_i²·τ_i/n_i                      (τ: integrated autocorrelation time of the scores)
 *   between  S = k/(k − 1)·Σ w_i²·(F_i − F)²              (batch means, with the k series as batches)
 *
 * S above W shows units with a level of their own, and is taken. S below W is the case of trends that every unit goes
 * through; it is taken too, moderated by W as 10 further series (the moderated variance of Smyth 2004), because the
 * scatter of few series is often small by chance. A single series leaves W.
 *
 * @returns at least one per nonempty series, at most the number of rows
 */
export function referenceEffectiveRows(series: readonly ArrayLike<number>[], sorted: ArrayLike<number>): number {
  const levels = dependenceLevels(sorted);
  const units = series.filter((values) => values.length > 0).map((values) => seriesDependence(values, levels));
  const rows = units.reduce((sum, unit) => sum + unit.rows, 0);
  const centers = levels.map((_, i) => units.reduce((sum, unit) => sum + (unit.rows / rows) * unit.means[i]!, 0));
  const variance = units.reduce(
    (sum, unit) => sum + (unit.rows / rows) * (unit.variance + squaredDistance(unit.means, centers)),
    0,
  );
  const varianceOfMean = joinEstimates(
    units.reduce((sum, unit) => sum + (unit.rows * unit.longRunVariance) / rows ** 2, 0),
    units.reduce((sum, unit) => sum + (unit.rows / rows) ** 2 * squaredDistance(unit.means, centers), 0),
    units.length,
  );
  const effective = varianceOfMean > 0 ? variance / varianceOfMean : units.length;
  return Math.min(Math.max(effective, units.length), rows);
}

/**
 * How many independent rows the current series are worth in one column, under the assumption to be tested: that they
 * are series of the same kind. A row is worth 1/τ_reference. The series' own time counts in two cases:
 *
 * - the series is shorter than half the mean reference series: thirty rows of one engine are one moment of its life;
 * - the reference has fewer than 10 series, so that its time is uncertain. Then up to 3·τ_reference only: a sensor that
 *   wanders off must not excuse itself by its own trend.
 *
 * At least 1 per nonempty series, also where a sensor is stuck.
 */
export function currentEffectiveRows(series: readonly ArrayLike<number>[], reference: ReferenceDependence): number {
  return series
    .filter((values) => values.length > 0)
    .map((values) => values.length / timeOf(values, reference))
    .reduce((total, rows) => total + Math.max(rows, 1), 0);
}

function timeOf(values: ArrayLike<number>, { levels, time, meanRows, series }: ReferenceDependence): number {
  const isShort = values.length < meanRows / 2;
  if (!isShort && series >= fewSeries) return time;
  const ownTime = dependenceTime(seriesDependence(values, levels));
  return Math.max(time, isShort ? ownTime : Math.min(ownTime, timeFactor * time));
}

function joinEstimates(within: number, scatter: number, count: number): number {
  if (count < 2) return within;
  const between = (scatter * count) / (count - 1);
  if (between >= within) return between;
  return (fewSeries * within + (count - 1) * between) / (fewSeries + count - 1);
}

function squaredDistance(a: SeriesDependence['means'], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}
