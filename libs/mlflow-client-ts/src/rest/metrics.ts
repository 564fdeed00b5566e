import type { MetricInterval, MetricMethods, RunMetric } from '../api/metrics.js';
import { orderPoints } from '../metric-points.js';
import { callApi, type RestContext } from './api.js';
import { isUnknownEndpoint } from './features.js';
import { absentWhen } from './once.js';
import { getRun } from './get-run.js';
import { pageMetricHistory } from './metric-history.js';
import { parts } from './parts.js';
import { thinned } from '../thinned.js';
import { toRunMetric } from './wire/metric.js';
import { wireList } from './wire/values.js';

const runsPerCall = 100;
const pointsPerCall = 25_000;
const usualInterval = 320;

/** Histories of the metrics of a server. */
export function restMetrics(context: RestContext): MetricMethods {
  return {
    async getMetricHistory(runId, key) {
      const points = await pageMetricHistory(context, runId, key).all();
      if (points.length === 0) await getRun(context, runId); // of an unknown run a server says only that it has no points
      return orderPoints(points);
    },
    pageMetricHistory: (runId, key) => pageMetricHistory(context, runId, key),
    async getMetricHistoryBulk(runIds, key, limit = pointsPerCall) {
      const found: RunMetric[] = [];
      for (const part of parts([...new Set(runIds)], runsPerCall)) found.push(...(await getBulk(context, part, key)));
      return firstOfEachRun(found, limit);
    },
    async getMetricHistoryInterval(runIds, key, interval = {}) {
      const found: RunMetric[] = [];
      for (const part of parts([...new Set(runIds)], runsPerCall)) {
        found.push(
          ...((await getInterval(context, part, key, interval)) ?? (await thinBulk(context, part, key, interval))),
        );
      }
      return found.sort((a, b) => byText(a.runId, b.runId) || a.step - b.step || a.timestamp - b.timestamp);
    },
  };
}

/** Every point of a metric in some runs. A server limits the points of all runs together, so that a full answer may lack some: it is asked again for fewer runs. */
async function getBulk(context: RestContext, runIds: readonly string[], key: string): Promise<RunMetric[]> {
  const query = { run_id: runIds, metric_key: key, max_results: pointsPerCall };
  const action = `get metric "${key}" of ${runIds.length} runs`;
  const answer = await callApi(context, { route: 'getMetricHistoryBulk', query, action });
  const points = wireList(answer['metrics']).map(toRunMetric);
  if (points.length < pointsPerCall || runIds.length === 1) return points;
  const halves = parts(runIds, Math.ceil(runIds.length / 2));
  return (await Promise.all(halves.map((half) => getBulk(context, half, key)))).flat();
}

function firstOfEachRun(points: readonly RunMetric[], limit: number): RunMetric[] {
  const ordered = points.toSorted((a, b) => byText(a.runId, b.runId) || a.timestamp - b.timestamp || a.step - b.step);
  const counts = new Map<string, number>();
  return ordered.filter(({ runId }) => {
    const count = (counts.get(runId) ?? 0) + 1;
    counts.set(runId, count);
    return count <= limit;
  });
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function getInterval(
  context: RestContext,
  runIds: readonly string[],
  key: string,
  { startStep, endStep, maxResults = usualInterval }: MetricInterval,
): Promise<RunMetric[] | undefined> {
  const query = { run_ids: runIds, metric_key: key, start_step: startStep, end_step: endStep, max_results: maxResults };
  const action = `get metric "${key}" of ${runIds.length} runs`;
  const answer = await absentWhen(isUnknownEndpoint, () =>
    callApi(context, { route: 'getMetricHistoryInterval', query, action }),
  );
  return answer && wireList(answer['metrics']).map(toRunMetric);
}

/** The same by whole histories, for servers that cannot thin them (2.9). */
async function thinBulk(
  context: RestContext,
  runIds: readonly string[],
  key: string,
  { startStep = -Infinity, endStep = Infinity, maxResults = usualInterval }: MetricInterval,
): Promise<RunMetric[]> {
  const points = await getBulk(context, runIds, key);
  const inside = points.filter(({ step }) => step >= startStep && step <= endStep);
  return runIds.flatMap((runId) =>
    thinned(
      inside.filter((point) => point.runId === runId).sort((a, b) => a.step - b.step || a.timestamp - b.timestamp),
      maxResults,
    ),
  );
}
