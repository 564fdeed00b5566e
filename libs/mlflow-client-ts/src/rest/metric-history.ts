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
async function cutPage(server: Paged<Metric>, request: PageRequest): Promise<Page<Metric>> {
  const { maxResults = Infinity, pageToken = '' } = request;
  const [token, start] = ownToken.exec(pageToken) ?? [];
  if (token === undefined) return cut(await server.page(request), 0, maxResults);
  const whole = await server.page(Number.isFinite(maxResults) ? { maxResults } : {});
  return cut(whole, Number(start), maxResults);
}

function cut(page: Page<Metric>, start: number, maxResults: number): Page<Metric> {
  if (start === 0 && page.items.length <= maxResults) return page;
  const end = start + maxResults;
  return {
    items: page.items.slice(start, end),
    ...(end < page.items.length && { nextPageToken: `after ${end}` }),
  };
}
