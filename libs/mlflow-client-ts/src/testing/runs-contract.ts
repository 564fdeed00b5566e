import { expect, it } from 'vitest';
import type { ViewType } from '../index.js';
import { absentRun, invalid, notFound, tooLong, type Start } from './subject.js';

/** What every store does with runs. */
export function runsContract(start: Start): void {
  it('creates a run that is running, with its name and tags', async () => {
    const { client, experimentId } = await start();
    const made = await client.createRun({ experimentId, runName: 'first', startTime: 1234, tags: { kind: 'test' } });
    expect(made).toMatchObject({
      runName: 'first',
      experimentId,
      status: 'RUNNING',
      startTime: 1234,
      lifecycleStage: 'active',
      metrics: {},
      params: {},
      tags: { kind: 'test', 'mlflow.runName': 'first' },
      inputs: [],
    });
    expect(made.endTime).toBeUndefined();
    expect(await client.getRun(made.runId)).toEqual(made);
  });

  it('names a run and notes its start when the caller does not', async () => {
    const { client, experimentId } = await start();
    const before = Date.now();
    const run = await client.createRun({ experimentId });
    expect(run.runName).not.toBe('');
    expect(run.startTime).toBeGreaterThanOrEqual(before);
    expect(run.startTime).toBeLessThanOrEqual(Date.now());
  });

  it('ends a run at the given time, or now', async () => {
    const { client, experimentId } = await start();
    const first = await client.createRun({ experimentId });
    await client.updateRun(first.runId, { status: 'FAILED', endTime: 99 });
    expect(await client.getRun(first.runId)).toMatchObject({ status: 'FAILED', endTime: 99 });

    const second = await client.createRun({ experimentId });
    await client.updateRun(second.runId, { status: 'FINISHED' });
    expect((await client.getRun(second.runId)).endTime).toBeGreaterThanOrEqual(second.startTime);
  });

  it('renames a run, in its tag too, and leaves its status', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId, runName: 'old' });
    await client.updateRun(runId, { runName: 'new' });
    expect(await client.getRun(runId)).toMatchObject({
      runName: 'new',
      status: 'RUNNING',
      tags: { 'mlflow.runName': 'new' },
    });
  });

  it('refuses an unknown status, and the run keeps its own', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await expect(client.updateRun(runId, { status: 'DONE' as 'FINISHED' })).rejects.toMatchObject(invalid);
    expect((await client.getRun(runId)).status).toBe('RUNNING');
  });

  it('refuses two names for one run', async () => {
    const { client, experimentId } = await start();
    const run = { experimentId, runName: 'a', tags: { 'mlflow.runName': 'b' } };
    await expect(client.createRun(run)).rejects.toMatchObject(invalid);
  });

  it('does not find what does not exist', async () => {
    const { client } = await start();
    await expect(client.getRun(absentRun)).rejects.toMatchObject(notFound);
    await expect(client.updateRun(absentRun, { status: 'FAILED' })).rejects.toMatchObject(notFound);
    await expect(client.logBatch(absentRun, { tags: { a: 'b' } })).rejects.toMatchObject(notFound);
    await expect(client.getMetricHistory(absentRun, 'rmse')).rejects.toMatchObject(notFound);
    await expect(client.createRun({ experimentId: '987654321' })).rejects.toMatchObject(notFound);
  });

  it('refuses an id that is a path', async () => {
    const { client } = await start();
    await expect(client.getRun('../0')).rejects.toMatchObject(invalid);
    await expect(client.createRun({ experimentId: '../0' })).rejects.toMatchObject(invalid);
  });

  it('keeps the datasets of a run with their context', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const dataset = { name: 'wells', digest: '1e5', sourceType: 'local', source: '{"uri":"file:///d.csv"}' };
    const train = { ...dataset, schema: '{"columns":["a"]}', profile: '{"rows":3}', context: 'training' };
    const test = { ...dataset, name: 'wells-test', digest: 'a'.repeat(36) };
    await client.logInputs(runId, [train, test]);
    await client.logInputs(runId, [train]); // again
    const { inputs } = await client.getRun(runId);
    expect([...inputs].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([train, test]);
    await expect(client.logInputs(runId, [{ ...dataset, digest: 'a'.repeat(37) }])).rejects.toMatchObject(tooLong);
  });

  it('lists the models that a run logged', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const model = {
      run_id: runId,
      artifact_path: 'model',
      utc_time_created: '2026-01-02 03:04:05.678000',
      model_uuid: '0'.repeat(32),
      flavors: { onnx: { data: 'model.onnx' } },
    };
    await client.recordModel(runId, { ...model, signature: { inputs: '[]' } });
    await client.recordModel(runId, { ...model, artifact_path: 'second' });
    const { tags } = await client.getRun(runId);
    const history = JSON.parse(tags['mlflow.log-model.history'] ?? '[]') as Record<string, unknown>[];
    expect(history.map((entry) => entry['artifact_path'])).toEqual(['model', 'second']);
    expect(history[0]).toMatchObject({ run_id: runId, flavors: { onnx: { data: 'model.onnx' } } });
  });

  it('resumes a run that has ended', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.updateRun(runId, { status: 'FAILED', endTime: 99 });
    await client.updateRun(runId, { status: 'RUNNING' });
    await client.setTag(runId, 'resumed', 'yes');
    expect(await client.getRun(runId)).toMatchObject({ status: 'RUNNING', tags: { resumed: 'yes' } });
  });

  it('deletes and restores a run; a deleted one is kept, closed, and found when asked for', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId, tags: { kind: 'test' } });
    await client.deleteRun(runId);
    expect(await client.getRun(runId)).toMatchObject({ lifecycleStage: 'deleted', tags: { kind: 'test' } });
    await expect(client.setTag(runId, 'a', 'b')).rejects.toMatchObject(invalid);
    await expect(client.logBatch(runId, { params: { a: 'b' } })).rejects.toMatchObject(invalid);
    const ids = async (viewType: ViewType): Promise<string[]> =>
      (await client.searchRuns({ experimentIds: [experimentId], viewType }).all()).map((run) => run.runId);
    expect(await ids('ACTIVE_ONLY')).toEqual([]);
    expect(await ids('DELETED_ONLY')).toEqual([runId]);
    expect(await ids('ALL')).toEqual([runId]);
    await client.restoreRun(runId);
    await client.setTag(runId, 'a', 'b');
    expect(await client.getRun(runId)).toMatchObject({ lifecycleStage: 'active', tags: { a: 'b' } });
  });

  it('logs one metric, one param, one tag', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logMetric(runId, { key: 'rmse', value: NaN, timestamp: 5, step: 2 });
    await client.logParam(runId, 'size', '64');
    await client.logParam(runId, 'size', '64'); // again
    await client.setTag(runId, 'a/b', 'c');
    expect(await client.getRun(runId)).toMatchObject({ metrics: { rmse: NaN }, params: { size: '64' } });
    expect((await client.getRun(runId)).tags['a/b']).toBe('c');
    await expect(client.logParam(runId, 'size', '65')).rejects.toMatchObject(invalid);
    await expect(client.logParam(runId, 'long', 'x'.repeat(6001))).rejects.toMatchObject(tooLong);
  });

  it('deletes a tag, and says so when there is none', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId, tags: { kind: 'test' } });
    await client.deleteTag(runId, 'kind');
    expect((await client.getRun(runId)).tags).not.toHaveProperty('kind');
    await expect(client.deleteTag(runId, 'kind')).rejects.toMatchObject(notFound);
  });

  it('tells which datasets the runs of an experiment used', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logInputs(runId, [
      { name: 'wells', digest: 'd1', sourceType: 'local', source: '{}', context: 'training' },
      { name: 'wells', digest: 'd2', sourceType: 'local', source: '{}' },
    ]);
    const found = await client.searchDatasets([experimentId]);
    expect([...found].sort((a, b) => (a.digest < b.digest ? -1 : 1))).toEqual([
      { experimentId, name: 'wells', digest: 'd1', context: 'training' },
      { experimentId, name: 'wells', digest: 'd2' },
    ]);
  });

  it('notes who made a run', async () => {
    const { client, experimentId } = await start();
    const { runId, userId } = await client.createRun({ experimentId });
    expect((await client.getRun(runId)).userId).toBe(userId);
  });
}
