import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';
import { createFileStore } from './file-store.js';

const folder = temporaryStore();
const notFound = { code: 'RESOURCE_DOES_NOT_EXIST' };
const invalid = { code: 'INVALID_PARAMETER_VALUE' };
const on = { datasetName: 'wells', datasetDigest: 'd1' };

async function newRun(): Promise<{ experimentId: string; runId: string }> {
  const experimentId = await folder().store.ensureExperiment('wells');
  return { experimentId, runId: (await folder().store.createRun({ experimentId })).runId };
}

describe('runs of a file store', () => {
  it('are the same when another process reads them', async () => {
    const { store, reopen } = folder();
    const experimentId = await store.ensureExperiment('wells');
    const made = await store.createRun({ experimentId, tags: { a: 'b' } });
    expect(made.userId).not.toBe('');
    expect(await reopen().getRun(made.runId)).toEqual(made);
  });

  it('are resumed by their status', async () => {
    const { store } = folder();
    const { runId } = await newRun();
    await store.updateRun(runId, { status: 'FAILED', endTime: 7 });
    await store.updateRun(runId, { status: 'RUNNING' });
    expect((await store.getRun(runId)).status).toBe('RUNNING');
  });

  it('are deleted and restored, with the time of deletion in their description', async () => {
    const { store, root } = folder();
    const { experimentId, runId } = await newRun();
    const meta = (): string => readFileSync(join(root, experimentId, runId, 'meta.yaml'), 'utf8');
    await store.deleteRun(runId);
    expect(meta()).toMatch(/"deleted_time": \d{13}/);
    await expect(store.logBatch(runId, { params: { a: 'b' } })).rejects.toMatchObject(invalid);
    await expect(store.uploadArtifact(runId, 'a.txt', '')).rejects.toMatchObject(invalid);
    await store.restoreRun(runId);
    expect(meta()).toContain('"deleted_time": null');
    await store.setTag(runId, 'a', 'b');
  });

  it('are found again when their folder was moved by another process', async () => {
    const { store, reopen } = folder();
    const { experimentId, runId } = await newRun();
    await store.getRun(runId);
    await reopen().deleteExperiment(experimentId);
    expect((await store.getRun(runId)).lifecycleStage).toBe('deleted');
  });

  it('write a metric with its dataset as MLflow does, and again where it is kept for the logged model', async () => {
    const { store, root } = folder();
    const { experimentId, runId } = await newRun();
    const { modelId } = await store.createLoggedModel({ experimentId });
    const point = { key: 'val/rmse', value: 0.5, timestamp: 10, step: 3 };
    await store.logBatch(runId, { metrics: [{ ...point, step: 0, modelId, ...on }, point] });
    const lines = (path: string): string => readFileSync(join(root, experimentId, path), 'utf8');
    expect(lines(`${runId}/metrics/val/rmse`)).toBe('10 0.5 0 wells d1\n10 0.5 3\n');
    expect(lines(`models/${modelId}/metrics/val/rmse`)).toBe(`10 0.5 0 ${runId} wells d1\n`);
    expect((await store.getMetricHistory(runId, 'val/rmse'))[0]).toEqual({ ...point, step: 0, ...on });
  });

  it('keep a later step of a metric rather than its dataset: MLflow would read step 0', async () => {
    const { store, root } = folder();
    const { experimentId, runId } = await newRun();
    await store.logMetric(runId, { key: 'rmse', value: 0.5, timestamp: 10, step: 3, ...on });
    expect(readFileSync(join(root, experimentId, runId, 'metrics/rmse'), 'utf8')).toBe('10 0.5 3\n');
  });

  it('write nothing when a metric names a logged model that is not there', async () => {
    const { store } = folder();
    const { runId } = await newRun();
    const metrics = [{ key: 'a', value: 1, timestamp: 1, step: 0, modelId: 'm-1' }];
    await expect(store.logBatch(runId, { metrics, params: { a: 'b' } })).rejects.toMatchObject(notFound);
    expect(await store.getRun(runId)).toMatchObject({ metrics: {}, params: {} });
  });

  it('log one metric, param or tag at a time', async () => {
    const { store } = folder();
    const { runId } = await newRun();
    await store.logMetric(runId, { key: 'loss', value: 2, timestamp: 1, step: 0 });
    await store.logParam(runId, 'size', '64');
    await store.setTag(runId, 'mlflow.runName', 'renamed');
    await store.setTag(runId, 'kind', 'test');
    expect(await store.getRun(runId)).toMatchObject({
      runName: 'renamed',
      metrics: { loss: 2 },
      params: { size: '64' },
      tags: { kind: 'test', 'mlflow.runName': 'renamed' },
    });
    await expect(store.logParam(runId, 'size', '65')).rejects.toMatchObject(invalid);
    await store.deleteTag(runId, 'kind');
    await expect(store.deleteTag(runId, 'kind')).rejects.toMatchObject(notFound);
  });

  it('note a logged model although the list of them was overwritten', async () => {
    const { store } = folder();
    const { runId } = await newRun();
    await store.setTag(runId, 'mlflow.log-model.history', 'no list');
    const mlmodel = { artifact_path: 'a', run_id: runId, utc_time_created: '', model_uuid: '', flavors: {} };
    await store.recordModel(runId, mlmodel);
    const { tags } = await store.getRun(runId);
    expect(JSON.parse(tags['mlflow.log-model.history'] ?? '')).toEqual([mlmodel]);
  });

  it('list the datasets of experiments, each once per use', async () => {
    const { store } = folder();
    const { experimentId, runId } = await newRun();
    const second = await newRun();
    const dataset = { name: 'wells', digest: 'd1', sourceType: 'local', source: '{}' };
    await store.logInputs(runId, [{ ...dataset, context: 'training' }]);
    await store.logInputs(second.runId, [
      { ...dataset, context: 'training' },
      { ...dataset, name: 'more' },
    ]);
    const found = await store.searchDatasets([experimentId, experimentId, '987']);
    expect([...found].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { experimentId, name: 'more', digest: 'd1' },
      { experimentId, name: 'wells', digest: 'd1', context: 'training' },
    ]);
  });

  it('note a dataset although a crash has left its folder empty', async () => {
    const { store, root } = folder();
    const { experimentId, runId } = await newRun();
    const dataset = { name: 'wells', digest: 'd1', sourceType: 'local', source: '{}' };
    await store.logInputs(runId, [dataset]);
    const second = await newRun();
    const [id = ''] = readdirSync(join(root, experimentId, 'datasets'));
    rmSync(join(root, experimentId, 'datasets', id, 'meta.yaml'));
    await store.logInputs(second.runId, [dataset]);
    expect((await store.getRun(second.runId)).inputs).toEqual([dataset]);
  });

  it('start in a store that was moved with artifacts where it is now', async () => {
    const { store, root } = folder();
    const { experimentId } = await newRun();
    const moved = join(root, 'moved');
    cpSync(join(root, experimentId), join(moved, experimentId), { recursive: true });
    const { artifactUri } = await createFileStore({ root: moved, trackingUri: 'file:moved' }).createRun({
      experimentId,
    });
    expect(artifactUri).toContain(`/moved/${experimentId}/`);
    expect((await store.getExperiment(experimentId)).artifactLocation).not.toContain('/moved/');
  });
});
