import { describe, expect, it } from 'vitest';
import type { Answer, Reply } from '../../testing/recording-server.js';
import { oldestServer, recordedGroups, unknownEndpoint } from '../../testing/rest-groups.js';

const server = recordedGroups();
const runId = 'a'.repeat(32);
const wire = (step: number, run = runId): object => ({ key: 'm', value: step, timestamp: 1, step, run_id: run });
const points = (count: number, run = runId): object[] => Array.from({ length: count }, (_, step) => wire(step, run));
const answer = (metrics: readonly object[], token?: string): Answer => ({
  body: { metrics, ...(token !== undefined && { next_page_token: token }) },
});
const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `run${i}`);

describe('getMetricHistory()', () => {
  it('always names a page size: some servers give nothing without', async () => {
    await server.on(answer([wire(1)], 't'), answer([wire(2)])).getMetricHistory(runId, 'm');
    expect(server.calls.map(({ query }) => query)).toEqual([
      { run_id: runId, metric_key: 'm', max_results: '25000' },
      { run_id: runId, metric_key: 'm', max_results: '25000', page_token: 't' },
    ]);
  });

  it('takes bare NaN, numbers as texts, and the largest double for infinity', async () => {
    const values = [
      'NaN',
      '"NaN"',
      '-Infinity',
      '"Infinity"',
      '1.7976931348623157e308',
      '-1.7976931348623157e308',
      '1',
    ];
    const sent = values.map((value, step) => `{"key":"a NaN \\" NaN","value":${value},"timestamp":1,"step":${step}}`);
    const json = { headers: { 'content-type': 'application/json' }, body: `{"metrics":[${sent.join()}]}` };
    const history = await server.on(json).getMetricHistory(runId, 'm');
    expect(history.map(({ value }) => value)).toEqual([NaN, NaN, -Infinity, Infinity, Infinity, -Infinity, 1]);
    expect(history[0]?.key).toBe('a NaN " NaN');
  });

  it('looks for the run when there are no points', async () => {
    const client = server.on(answer([]), { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: '' } });
    await expect(client.getMetricHistory(runId, 'm')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});

describe('pageMetricHistory()', () => {
  it('cuts pages out of the whole history, which a server of 2.9 gives whatever it is asked for', async () => {
    const pages = server.onServer(oldestServer, answer(points(5))).pageMetricHistory(runId, 'm');
    const steps: number[][] = [];
    let pageToken: string | undefined;
    do {
      const page = await pages.page({ maxResults: 2, ...(pageToken !== undefined && { pageToken }) });
      steps.push(page.items.map(({ step }) => step));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(steps).toEqual([[0, 1], [2, 3], [4]]);
    expect(server.calls.every(({ query }) => !('page_token' in query))).toBe(true);
    expect(await pages.all()).toHaveLength(5);
  });
});

describe('getMetricHistoryBulk()', () => {
  it('asks for 100 runs at a time', async () => {
    await server.on(answer([])).getMetricHistoryBulk(ids(201), 'm');
    expect(server.calls.map(({ queryValues }) => queryValues['run_id']?.length)).toEqual([100, 100, 1]);
    expect(server.calls[0]).toMatchObject({
      path: '/ajax-api/2.0/mlflow/metrics/get-history-bulk',
      query: { metric_key: 'm', max_results: '25000' },
    });
  });

  it('asks again for fewer runs when the answer is full: the limit of a server is for all runs together', async () => {
    const reply: Reply = (calls) => {
      const runs = calls.at(-1)?.queryValues['run_id'] ?? [];
      return answer(runs.flatMap((run) => points(15_000, run)).slice(0, 25_000));
    };
    const found = await server.on(reply).getMetricHistoryBulk(['b', 'a'], 'm');
    expect(found).toHaveLength(30_000);
    expect(found[0]?.runId).toBe('a');
    expect(server.calls).toHaveLength(3);
  });

  it('limits the points of each run, the earliest first', async () => {
    const late = { ...wire(9, 'a'), timestamp: 9 };
    const found = await server
      .on(answer([late, ...points(3, 'a'), ...points(2, 'b')]))
      .getMetricHistoryBulk(['a', 'b'], 'm', 2);
    expect(found.map(({ runId: run, step }) => `${run}${step}`)).toEqual(['a0', 'a1', 'b0', 'b1']);
  });
});

describe('getMetricHistoryInterval()', () => {
  it('asks for 100 runs at a time, and for at most as many points as wanted', async () => {
    await server.on(answer([])).getMetricHistoryInterval(ids(101), 'm', { startStep: 0, endStep: 9, maxResults: 10 });
    expect(server.calls.map(({ queryValues }) => queryValues['run_ids']?.length)).toEqual([100, 1]);
    expect(server.calls[0]?.query).toMatchObject({ start_step: '0', end_step: '9', max_results: '10' });
    await server.on(answer([])).getMetricHistoryInterval(['a'], 'm');
    expect(server.calls[0]?.query).toEqual({ run_ids: 'a', metric_key: 'm', max_results: '320' });
  });

  it('thins whole histories itself where a server cannot', async () => {
    const client = server.onServer(oldestServer, unknownEndpoint, answer([...points(100, 'b'), ...points(3, 'a')]));
    const interval = { startStep: 1, endStep: 90, maxResults: 3 };
    const found = await client.getMetricHistoryInterval(['b', 'a'], 'm', interval);
    expect(found.map(({ runId: run, step }) => `${run}${step}`)).toEqual(['a1', 'a2', 'b1', 'b46', 'b90']);
  });
});
