import type { MetricInterval } from '../api/metrics.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import { invalidValue } from '../faults.js';
import { jsonHandler, type Handler } from './call.js';
import { optionalInteger, requiredText, textList } from './fields.js';
import type { Message } from './message.js';
import { pageOf } from './pages.js';
import { readRunId } from './run-routes.js';
import { listAnswer, metricAnswer, pageAnswer } from './wire-answers.js';

const mostPoints = 25_000;
const mostRuns = 100;
const mostPointsOfInterval = 2500;

/** The endpoints of metrics. */
export function metricRoutes(
  store: StoreMethods,
): Record<'getMetricHistory' | 'getMetricHistoryInterval' | 'getMetricHistoryBulk', Handler> {
  return {
    getMetricHistory: jsonHandler(async (message) => {
      const history = store.pageMetricHistory(readRunId(message), requiredText(message, 'metric_key'));
      // Without max_results clients expect all of it, on one page.
      const isPaged = message.one('max_results') !== undefined;
      const page = isPaged
        ? await pageOf(history, message, { byDefault: mostPoints, atMost: Number.MAX_SAFE_INTEGER })
        : { items: await history.all() };
      return pageAnswer('metrics', page, metricAnswer);
    }),
    getMetricHistoryInterval: jsonHandler(async (message) => {
      const runIds = readRunIds(message, 'run_ids');
      const points = await store.getMetricHistoryInterval(
        runIds,
        requiredText(message, 'metric_key'),
        readInterval(message),
      );
      return listAnswer('metrics', points.map(metricAnswer));
    }),
    getMetricHistoryBulk: jsonHandler(async (message) => {
      const runIds = readRunIds(message, 'run_id');
      const limit = Math.min(optionalInteger(message, 'max_results') ?? mostPoints, mostPoints);
      const points = await store.getMetricHistoryBulk(runIds, requiredText(message, 'metric_key'), limit);
      return { metrics: points.slice(0, limit).map(metricAnswer) };
    }),
  };
}

function readRunIds(message: Message, name: string): string[] {
  const runIds = textList(message, name);
  if (runIds.length > 0 && runIds.length <= mostRuns) return runIds;
  throw invalidValue(`Cannot get metrics of ${runIds.length} runs: give 1 to ${mostRuns} values of "${name}"`);
}

function readInterval(message: Message): MetricInterval {
  const startStep = optionalInteger(message, 'start_step');
  const endStep = optionalInteger(message, 'end_step');
  return {
    maxResults: optionalInteger(message, 'max_results') ?? mostPointsOfInterval,
    ...(startStep !== undefined && { startStep }),
    ...(endStep !== undefined && { endStep }),
  };
}
