import { join } from 'node:path';
import type { Metric, MetricInterval, MetricMethods, RunMetric } from '../api/metrics.js';
import { orderPoints } from '../metric-points.js';
import { paged } from '../paging.js';
import { atOnce } from './at-once.js';
import { evenly } from './evenly.js';
import { parsePoints } from './metric-file.js';
import { readMetricPage } from './metric-pages.js';
import { findRunFolder } from './run-folder.js';
import type { StoreContext } from './store-context.js';
import { readValueSync } from './value-files.js';

/** The histories of metrics in a file store. */
export function fileMetrics(context: StoreContext): MetricMethods {
  const historyOf = (runId: string, key: string): Metric[] => {
    const { path } = findRunFolder(context, runId);
    return orderPoints(parsePoints(key, readValueSync(path, 'metrics', key) ?? ''));
  };
  return {
    getMetricHistory: atOnce(historyOf),
    pageMetricHistory: (runId, key) =>
      paged(async (request) => {
        const { path } = findRunFolder(context, runId);
        return readMetricPage({ key, path: join(path, 'metrics', key) }, request);
      }),
    getMetricHistoryBulk: atOnce((runIds, key, limit = 25_000) =>
      [...new Set(runIds)].sort().flatMap((runId) => {
        const points = historyOf(runId, key).sort(byTime).slice(0, limit);
        return points.map((point): RunMetric => ({ ...point, runId }));
      }),
    ),
    getMetricHistoryInterval: atOnce((runIds, key, interval = {}) =>
      runIds.flatMap((runId) => thinned(historyOf(runId, key), interval).map((point) => ({ ...point, runId }))),
    ),
  };
}

function byTime(a: Metric, b: Metric): number {
  return a.timestamp - b.timestamp || a.step - b.step || a.value - b.value || 0;
}

function thinned(
  points: readonly Metric[],
  { startStep = -Infinity, endStep = Infinity, maxResults = 320 }: MetricInterval,
): Metric[] {
  return evenly(
    points.filter(({ step }) => step >= startStep && step <= endStep),
    maxResults,
  );
}
