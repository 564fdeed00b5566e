import type { MetricInterval, MetricMethods } from '../api/metrics.js';
import { invalidValue } from '../faults.js';
import { assertKey } from './keys.js';
import { assertRunId } from './names.js';
import { checkedPages } from './page-request.js';

/** Histories of a store, with checked arguments. */
export function checkedMetrics(store: MetricMethods): MetricMethods {
  return {
    async getMetricHistory(runId, key) {
      assertMetric(runId, key);
      return store.getMetricHistory(runId, key);
    },
    pageMetricHistory: (runId, key) =>
      checkedPages(
        () => {
          assertMetric(runId, key);
        },
        () => store.pageMetricHistory(runId, key),
      ),
    async getMetricHistoryBulk(runIds, key, limit = 25_000) {
      runIds.forEach((runId) => {
        assertMetric(runId, key);
      });
      assertRange('points per run', limit, 25_000);
      return store.getMetricHistoryBulk(runIds, key, limit);
    },
    async getMetricHistoryInterval(runIds, key, interval = {}) {
      runIds.forEach((runId) => {
        assertMetric(runId, key);
      });
      assertInterval(interval);
      return store.getMetricHistoryInterval(runIds, key, interval);
    },
  };
}

function assertMetric(runId: string, key: string): void {
  assertRunId(runId);
  assertKey('metric', key);
}

function assertInterval({ startStep, endStep, maxResults = 320 }: MetricInterval): void {
  if ((startStep === undefined) !== (endStep === undefined)) {
    throw invalidValue('Cannot cut a history at one end: give both startStep and endStep, or none', {
      startStep,
      endStep,
    });
  }
  if (startStep !== undefined && endStep !== undefined && !(startStep <= endStep)) {
    throw invalidValue(`Cannot cut a history from step ${startStep} to ${endStep}: the first is beyond the last`);
  }
  assertRange('points per run', maxResults, 2500);
}

function assertRange(what: string, value: number, highest: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= highest) return;
  throw invalidValue(`Cannot ask for ${value} ${what}: give a whole number from 1 to ${highest}`, { value });
}
