import { expect, it } from 'vitest';
import type { Metric, RunMetric } from '../index.js';
import { invalid, point, type Start } from './subject.js';

function history(key: string, length: number): Metric[] {
  return Array.from({ length }, (_, step) => point(key, step / 3, step, 1000 + step));
}

function of(points: readonly RunMetric[], runId: string): number[] {
  return points.filter((each) => each.runId === runId).map(({ step }) => step);
}

/** What every store does with histories of metrics. */
export function metricsContract(start: Start): void {
  it('gives a long history page by page, complete and once', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const points = history('loss', 2300);
    await client.logBatch(runId, { metrics: points });
    const pages = client.pageMetricHistory(runId, 'loss');
    const first = await pages.page({ maxResults: 1000 });
    expect(first.items).toHaveLength(1000);
    expect(first.nextPageToken).toBeDefined();
    const steps: number[] = [];
    for await (const { step } of pages) steps.push(step);
    expect(steps.sort((a, b) => a - b)).toEqual(points.map(({ step }) => step));
    expect(await client.pageMetricHistory(runId, 'unknown').all()).toEqual([]);
  });

  it('gives the points of one metric in many runs', async () => {
    const { client, experimentId } = await start();
    const a = (await client.createRun({ experimentId })).runId;
    const b = (await client.createRun({ experimentId })).runId;
    await client.logBatch(a, { metrics: [point('loss', NaN, 0), point('loss', 2, 1), point('other', 3)] });
    await client.logBatch(b, { metrics: [point('loss', 5, 7)] });
    const found = await client.getMetricHistoryBulk([a, b], 'loss');
    expect(of(found, a)).toEqual([0, 1]);
    expect(of(found, b)).toEqual([7]);
    expect(found.find((each) => each.runId === a && each.step === 0)?.value).toBeNaN();
    expect(await client.getMetricHistoryBulk([a, b], 'loss', 1)).toHaveLength(2);
    expect(await client.getMetricHistoryBulk([], 'loss')).toEqual([]);
  });

  it('thins histories for plots and keeps both ends', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { metrics: history('loss', 1000) });
    const thinned = of(await client.getMetricHistoryInterval([runId], 'loss', { maxResults: 50 }), runId);
    expect(thinned.length).toBeGreaterThan(25);
    expect(thinned.length).toBeLessThanOrEqual(53); // a server may add the ends
    expect([thinned[0], thinned.at(-1)]).toEqual([0, 999]);
    const part = of(await client.getMetricHistoryInterval([runId], 'loss', { startStep: 10, endStep: 19 }), runId);
    expect(part).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('refuses half an interval, one that runs backwards, and too many points', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const ask = (interval: object): Promise<unknown> => client.getMetricHistoryInterval([runId], 'loss', interval);
    await expect(ask({ startStep: 1 })).rejects.toMatchObject(invalid);
    await expect(ask({ startStep: 2, endStep: 1 })).rejects.toMatchObject(invalid);
    await expect(ask({ maxResults: 2501 })).rejects.toMatchObject(invalid);
    await expect(client.getMetricHistoryBulk([runId], 'loss', 0)).rejects.toMatchObject(invalid);
  });
}
