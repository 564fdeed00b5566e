import type { Metric, RunMetric } from '../api/metrics.js';

/** The points of logged models, by the run that measured them. */
export interface ModelPoints {
  add(modelId: string, points: readonly RunMetric[]): void;
  /** A point of a run as it was logged: with the model and dataset it was measured on, where those are known. Each is given once. */
  complete(runId: string, point: Metric): Metric;
  /** Of a run, those that have not been given. */
  left(runId: string): Metric[];
}

/** None yet. */
export function createModelPoints(): ModelPoints {
  const byRun = new Map<string, Metric[]>();
  return {
    add(modelId, points) {
      for (const { runId, ...point } of points) byRun.set(runId, [...(byRun.get(runId) ?? []), { ...point, modelId }]);
    },
    complete(runId, point) {
      const known = byRun.get(runId) ?? [];
      const index = known.findIndex((each) => isSamePoint(each, point));
      const [match] = index === -1 ? [] : known.splice(index, 1);
      return match ?? point;
    },
    left: (runId) => byRun.get(runId) ?? [],
  };
}

function isSamePoint(a: Metric, b: Metric): boolean {
  return a.key === b.key && a.step === b.step && a.timestamp === b.timestamp && Object.is(a.value, b.value);
}
