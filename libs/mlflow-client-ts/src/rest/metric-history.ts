import type { Metric } from '../api/metrics.js';
import type { Page, Paged, PageRequest } from '../api/paged.js';
import { paged } from '../paging.js';
import { callApi, type RestContext } from './api.js';
import { pageSizes, restPaged } from './pages.js';
import { toMetric } from './wire/metric.js';

const ownToken = /^after (\d+)$/; // no token of a server looks like that: they are base64

/** The points of a metric as a server keeps them. */
export function pageMetricHistory(context: RestContext, runId: string, key: string): Paged<Metric> {
  const query = { run_id: runId, metric_key: key };
  const action = `get metric "${key}" of run "${runId}"`;
  const server = restPaged({
    ask: (page) => callApi(context, { route: 'getMetricHistory', query: { ...query, ...page }, action }),
    part: 'metrics',
    convert: (items) => items.map(toMetric),
    sizes: pageSizes.metrics,
  });
  return paged((request) => cutPage(server, request));
}

/** A server of 2.9 over a database gives the whole history, whatever it is asked for: the page is cut out of it here. */
async function cutPage(server: Paged<Metric>, { maxResults, pageToken }: PageRequest): Promise<Page<Metric>> {
  const start = Number(ownToken.exec(pageToken ?? '')?.[1] ?? 0);
  const isOwn = start > 0;
  const page = await server.page({
    ...(maxResults !== undefined && { maxResults }),
    ...(pageToken !== undefined && !isOwn && { pageToken }),
  });
  const end = start + (maxResults ?? Infinity);
  if (!isOwn && page.items.length <= end) return page;
  return {
    items: page.items.slice(start, end),
    ...(end < page.items.length && { nextPageToken: `after ${end}` }),
  };
}
