import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecordingServer, type Answer, type RecordingServer } from '../../testing/recording-server.js';
import { testSettings } from '../../testing/rest-settings.js';
import { checkedClient } from '../checks/checked-client.js';
import { openMlflow, type MlflowClient } from '../index.js';
import { createRestClient } from './rest-client.js';

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  await server.stop();
});

function client(): MlflowClient {
  const { settings } = testSettings(server.url);
  return checkedClient(
    (limits) => createRestClient({ ...settings, ...limits }),
    () => 1234,
  );
}

const runId = 'a'.repeat(32);
const run = { info: { run_id: runId, experiment_id: '1', status: 'RUNNING', start_time: 1234 } };
const runAnswer: Answer = { body: { run } };

describe('what is sent', () => {
  it('always names a page size and a start time', async () => {
    server.answer(runAnswer);
    await client().createRun({ experimentId: '1' });
    expect(server.calls[0]?.json).toMatchObject({ experiment_id: '1', start_time: 1234 });
    await client().getMetricHistory(runId, 'rmse');
    expect(server.calls[1]).toMatchObject({ method: 'GET', query: { metric_key: 'rmse', max_results: '25000' } });
    await client()
      .searchRuns({ experimentIds: ['1'] })
      .all();
    expect(server.calls[3]?.json).toEqual({ experiment_ids: ['1'], run_view_type: 'ACTIVE_ONLY', max_results: 1000 });
  });

  it('deletes with a JSON body', async () => {
    server.answer({ body: {} });
    await client().deleteRegisteredModelAlias('m', 'staging');
    expect(server.calls[0]).toMatchObject({
      method: 'DELETE',
      path: '/api/2.0/mlflow/registered-models/alias',
      query: {},
      json: { name: 'm', alias: 'staging' },
    });
  });

  it('writes NaN and infinities as texts', async () => {
    server.answer({ body: {} });
    const metrics = [NaN, Infinity, -Infinity, 0.5].map((value) => ({ key: 'm', value, timestamp: 1, step: 0 }));
    await client().logBatch(runId, { metrics });
    const { metrics: sent } = server.calls[0]?.json as { metrics: { value: unknown }[] };
    expect(sent.map(({ value }) => value)).toEqual(['NaN', 'Infinity', '-Infinity', 0.5]);
  });

  it('follows pages to the end, and stops when a server repeats its token', async () => {
    const page = (token?: string): Answer => ({ body: { runs: [run], ...(token && { next_page_token: token }) } });
    server.answer(page('t1'), page('t2'), page());
    expect(
      await client()
        .searchRuns({ experimentIds: ['1'] })
        .all(),
    ).toHaveLength(3);
    expect(server.calls.map(({ json }) => (json as { page_token?: string }).page_token)).toEqual([
      undefined,
      't1',
      't2',
    ]);
    server.answer(page('same'));
    expect(
      await client()
        .searchRuns({ experimentIds: ['1'] })
        .all(),
    ).toHaveLength(2);
  });

  it('asks for no more runs than wanted', async () => {
    server.answer(
      { body: { runs: [run, run], next_page_token: 't' } },
      { body: { runs: [run], next_page_token: 'u' } },
    );
    expect(
      await client()
        .searchRuns({ experimentIds: ['1'] })
        .all(3),
    ).toHaveLength(3);
    expect(server.calls.map(({ json }) => (json as { max_results: number }).max_results)).toEqual([3, 1]);
  });

  it('keeps the path before the API', async () => {
    server.answer(runAnswer);
    const prefixed = openMlflow({ trackingUri: `${server.url}/mlflow/`, env: {} });
    expect(prefixed.trackingUri).toBe(`${server.url}/mlflow`);
    await prefixed.getRun(runId);
    expect(server.calls[0]?.path).toBe('/mlflow/api/2.0/mlflow/runs/get');
  });

  it('makes an experiment only once when another caller is faster', async () => {
    const absent: Answer = { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no' } };
    const exists: Answer = { status: 400, body: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'yes' } };
    const found: Answer = { body: { experiment: { experiment_id: '7', lifecycle_stage: 'active' } } };
    server.answer(absent, exists, found);
    expect(await client().ensureExperiment('a')).toBe('7');
  });

  it('refuses a deleted experiment', async () => {
    server.answer({ body: { experiment: { experiment_id: '7', lifecycle_stage: 'deleted' } } });
    await expect(client().ensureExperiment('a')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('what is read', () => {
  it('takes bare NaN, NaN as text, and the largest double for infinity', async () => {
    const values = [
      'NaN',
      '"NaN"',
      '-Infinity',
      '"Infinity"',
      '1.7976931348623157e308',
      '-1.7976931348623157e308',
      '0.5',
    ];
    const metrics = values.map(
      (value, step) => `{"key":"a NaN \\" NaN","value":${value},"timestamp":1,"step":${step}}`,
    );
    server.answer({ headers: { 'content-type': 'application/json' }, body: `{"metrics":[${metrics.join()}]}` });
    const history = await client().getMetricHistory(runId, 'rmse');
    expect(history.map(({ value }) => value)).toEqual([NaN, NaN, -Infinity, Infinity, Infinity, -Infinity, 0.5]);
    expect(history[0]?.key).toBe('a NaN " NaN');
  });
});
