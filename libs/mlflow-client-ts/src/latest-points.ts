import type { Metric } from './api/metrics.js';

type Metrics = Readonly<Record<string, number>>;

const pointsOf = new WeakMap<Metrics, readonly Metric[]>();

/** Keeps, beside the metrics of a run, the points that they are the values of: for those who must tell their steps and times. */
export function keepLatestPoints(metrics: Metrics, points: readonly Metric[]): Metrics {
  pointsOf.set(metrics, points);
  return metrics;
}

/** The points of these metrics of a run; `undefined` when the store kept none. */
export function latestPointsOf(metrics: Metrics): readonly Metric[] | undefined {
  return pointsOf.get(metrics);
}
