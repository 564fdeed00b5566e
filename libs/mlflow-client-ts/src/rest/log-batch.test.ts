import { describe, expect, it } from 'vitest';
import type { Answer } from '../../testing/recording-server.js';
import { done, newestServer, oldestServer, recordedGroups } from '../../testing/rest-groups.js';

const server = recordedGroups();
const runId = 'a'.repeat(32);
const point = (step: number, value = 0.5) => ({ key: 'm', value, timestamp: 1, step });
const history = (...points: readonly object[]): Answer => ({ body: { metrics: points } });
const overFiles = { ...newestServer, storeType: 'FileStore' } as const;
const overDatabase = newestServer;
const sentSteps = (): (number[] | undefined)[] =>
  server.calls
    .filter(({ path }) => path.endsWith('log-batch'))
    .map(({ json }) => (json as { metrics?: { step: number }[] }).metrics?.map(({ step }) => step));

describe('logBatch()', () => {
  it('writes NaN and infinities as texts, and names model and dataset', async () => {
    const metrics = [NaN, Infinity, -Infinity, 0.5].map((value) => point(0, value));
    const measured = { ...point(0), modelId: 'm-1', datasetName: 'd', datasetDigest: 'x' };
    await server.on(done).logBatch(runId, { metrics: [...metrics, measured] });
    const { metrics: sent } = server.calls[0]?.json as { metrics: { value: unknown }[] };
    expect(sent.map(({ value }) => value)).toEqual(['NaN', 'Infinity', '-Infinity', 0.5, 0.5]);
    expect(sent[4]).toEqual({ ...point(0), model_id: 'm-1', dataset_name: 'd', dataset_digest: 'x' });
  });

  it('sends nothing for an empty batch', async () => {
    await server.on(done).logBatch(runId, { metrics: [], params: {} });
    expect(server.calls).toHaveLength(0);
  });

  it('refuses points of a model where a server would drop the model without a word', async () => {
    const client = server.onServer(oldestServer, done);
    const metrics = [{ ...point(0), modelId: 'm-1' }];
    await expect(client.logBatch(runId, { metrics })).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
    await expect(client.logMetric(runId, { ...point(0), modelId: 'm-1' })).rejects.toMatchObject({
      code: 'MLFLOW_UNSUPPORTED',
    });
    expect(server.calls).toHaveLength(0);
  });
});

describe('logBatch() after a lost answer', () => {
  const batch = { metrics: [point(1), point(2, NaN), point(3)], params: { p: '1' }, tags: { t: 'v' } };

  it('is repeated as it was on a server over a database, which swallows what it has', async () => {
    await server.onServer(overDatabase, 'drop', done).logBatch(runId, batch);
    expect(sentSteps()).toEqual([[1, 2, 3], [1, 2, 3]]); // prettier-ignore
    expect(server.calls).toHaveLength(2);
  });

  it('sends only the points that are missing on a server over a file store, which would append the others again', async () => {
    const arrived = history(point(1), { ...point(2), value: 'NaN' });
    await server.onServer(overFiles, 'drop', arrived, done).logBatch(runId, batch);
    expect(sentSteps()).toEqual([[1, 2, 3], [3]]); // prettier-ignore
    expect(server.calls[2]?.json).toMatchObject({ params: [{ key: 'p' }], tags: [{ key: 't' }] });
  });

  it('looks at the histories again after each further try', async () => {
    const answers = ['drop', history(point(1)), 'drop', history(point(1), point(3)), done] as const;
    await server.onServer(overFiles, ...answers).logBatch(runId, batch);
    expect(sentSteps()).toEqual([[1, 2, 3], [2, 3], [2]]); // prettier-ignore
  });

  it('is as careful with a server that does not tell what it keeps its data in', async () => {
    await server.onServer(oldestServer, 'drop', history(), done).logBatch(runId, batch);
    expect(server.calls).toHaveLength(3);
  });

  it('fails when the histories cannot be read: a repetition could write points twice', async () => {
    const gone: Answer = { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no such run' } };
    const failed = server.onServer(overFiles, 'drop', gone).logBatch(runId, batch);
    await expect(failed).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(sentSteps()).toHaveLength(1);
  });
});

describe('logMetric()', () => {
  it('sends one point', async () => {
    await server.on(done).logMetric(runId, point(4, Infinity));
    expect(server.calls[0]).toMatchObject({
      path: '/api/2.0/mlflow/runs/log-metric',
      json: { run_id: runId, key: 'm', value: 'Infinity', timestamp: 1, step: 4 },
    });
  });

  it('is done when a file store has the point though the answer was lost', async () => {
    await server.onServer(overFiles, 'drop', history(point(4))).logMetric(runId, point(4));
    expect(server.calls).toHaveLength(2);
    await server.onServer(overFiles, 'drop', history(), done).logMetric(runId, point(4));
    expect(server.calls).toHaveLength(3);
  });
});
