import type { Metric } from '../api/metrics.js';
import type { Paged } from '../api/paged.js';
import { callApi, type RestContext } from './api.js';
import { pageSizes, restPaged } from './pages.js';
import { toMetric } from './wire/metric.js';

/** The points of a metric as a server keeps them. */
export function pageMetricHistory(context: RestContext, runId: string, key: string): Paged<Metric> {
  const query = { run_id: runId, metric_key: key };
  const action = `get metric "${key}" of run "${runId}"`;
  return restPaged({
    ask: (page) => callApi(context, { route: 'getMetricHistory', query: { ...query, ...page }, action }),
    part: 'metrics',
    convert: (items) => items.map(toMetric),
    sizes: pageSizes.metrics,
  });
}
