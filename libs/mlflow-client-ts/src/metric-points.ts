import type { Metric } from './api/metrics.js';

/** Points in order of step, then time, without exact repetitions: a repeated write of one point counts once. */
export function orderPoints(points: readonly Metric[]): Metric[] {
  const ordered = [...points].sort((a, b) => a.step - b.step || a.timestamp - b.timestamp);
  const known = new Set<string>();
  return ordered.filter(({ step, timestamp, value }) => {
    const identity = `${step} ${timestamp} ${value}`;
    if (known.has(identity)) return false;
    known.add(identity);
    return true;
  });
}

/** The latest point: highest step, then timestamp, then value. */
export function latestPoint<T extends Metric>(points: readonly T[]): T | undefined {
  return points.reduce<T | undefined>(
    (best, point) => (best === undefined || isLater(point, best) ? point : best),
    undefined,
  );
}

function isLater(a: Metric, b: Metric): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  return a.value > b.value;
}
