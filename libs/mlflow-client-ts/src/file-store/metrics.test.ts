import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';
import type { Metric } from '../api/metrics.js';
import { pageTokenOf } from './paged-list.js';

const folder = temporaryStore();
const invalid = { code: 'INVALID_PARAMETER_VALUE' };

let experimentId: string;
let runId: string;
beforeEach(async () => {
  const { store } = folder();
  experimentId = await store.ensureExperiment('wells');
  ({ runId } = await store.createRun({ experimentId }));
});

function point(step: number, value = step / 3, timestamp = 1000): Metric {
  return { key: 'loss', value, timestamp, step };
}

describe('histories of a file store', () => {
  it('are paged as they were logged, whatever the size of a page', async () => {
    const { store } = folder();
    const points = Array.from({ length: 5000 }, (_, i) => point(5000 - i));
    await store.logBatch(runId, { metrics: points });
    const history = store.pageMetricHistory(runId, 'loss');
    expect(await history.all()).toEqual(points);
    const collected: Metric[] = [];
    let pageToken: string | undefined;
    do {
      const page = await history.page({ maxResults: 1667, ...(pageToken !== undefined && { pageToken }) });
      collected.push(...page.items);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(collected).toEqual(points);
  });

  it('end with the last page that is full', async () => {
    const { store } = folder();
    await store.logBatch(runId, { metrics: [point(1), point(2)] });
    const page = await store.pageMetricHistory(runId, 'loss').page({ maxResults: 2 });
    expect(page).toEqual({ items: [point(1), point(2)] });
  });

  it('refuse a token that leads into a line or beyond the end', async () => {
    const { store } = folder();
    await store.logBatch(runId, { metrics: [point(1), point(2)] });
    const history = store.pageMetricHistory(runId, 'loss');
    await expect(history.page({ pageToken: pageTokenOf(3) })).rejects.toMatchObject(invalid);
    await expect(history.page({ pageToken: pageTokenOf(999) })).rejects.toMatchObject(invalid);
  });

  it('leave out what a dying writer has not finished', async () => {
    const { store, root } = folder();
    await store.logBatch(runId, { metrics: [point(1, 5)] });
    appendFileSync(join(root, experimentId, runId, 'metrics/loss'), '1000 0.1');
    expect(await store.getMetricHistory(runId, 'loss')).toEqual([point(1, 5)]);
    expect(await store.pageMetricHistory(runId, 'loss').all()).toEqual([point(1, 5)]);
    expect(await store.pageMetricHistory(runId, 'loss').page({ maxResults: 1 })).toEqual({ items: [point(1, 5)] });
  });

  it('of many runs come by run, then time', async () => {
    const { store } = folder();
    const other = await store.createRun({ experimentId });
    await store.logBatch(runId, { metrics: [point(2, 1, 5), point(1, 1, 9)] });
    await store.logMetric(other.runId, point(0));
    const found = await store.getMetricHistoryBulk([other.runId, runId, runId], 'loss');
    const ids = [runId, other.runId].sort();
    expect([...new Set(found.map((each) => each.runId))]).toEqual(ids);
    expect(found.filter((each) => each.runId === runId).map(({ timestamp }) => timestamp)).toEqual([5, 9]);
  });

  it('are thinned within the interval that is asked for', async () => {
    const { store } = folder();
    await store.logBatch(runId, { metrics: Array.from({ length: 100 }, (_, i) => point(i)) });
    const interval = { startStep: 10, endStep: 20, maxResults: 3 };
    const found = await store.getMetricHistoryInterval([runId], 'loss', interval);
    expect(found.map(({ step }) => step)).toEqual([10, 15, 20]);
  });

  it('of an unknown run are not found', async () => {
    const { store } = folder();
    await expect(store.getMetricHistoryBulk(['abc'], 'loss')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
  });
});
