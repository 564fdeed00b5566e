import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../src/index.js';
import { startLosingProxy, type LosingProxy } from './losing-proxy.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

interface Subject {
  readonly client: MlflowClient;
  readonly experimentId: string;
  /** New for each test. */
  readonly name: string;
  /** Makes the call, and loses the answer of the server to it. */
  readonly lose: <T>(pathEnd: string, call: () => Promise<T>) => Promise<T>;
}

type Start = () => Promise<Subject>;

/** What is done once though the answer got lost, on every server. */
function lostAnswers(start: Start): void {
  it('makes one experiment', async () => {
    const { client, name, lose } = await start();
    const id = await lose('experiments/create', () => client.createExperiment({ name: `${name}-b`, tags: { a: 'b' } }));
    expect(await client.findExperimentByName(`${name}-b`)).toMatchObject({ experimentId: id, tags: { a: 'b' } });
  });

  it('makes one run', async () => {
    const { client, experimentId, lose } = await start();
    const { runId } = await lose('runs/create', () => client.createRun({ experimentId }));
    expect((await client.searchRuns({ experimentIds: [experimentId] }).all()).map((run) => run.runId)).toEqual([runId]);
  });

  it('makes one model and one version', async () => {
    const { client, experimentId, name, lose } = await start();
    const { runId } = await client.createRun({ experimentId });
    await lose('registered-models/create', () => client.createRegisteredModel({ name }));
    const version = { name, source: `runs:/${runId}/model`, runId, tags: { a: 'b' } };
    const made = await lose('model-versions/create', () => client.createModelVersion(version));
    expect(made).toMatchObject({ version: '1', tags: { a: 'b' } });
    expect(await client.listModelVersions(name)).toHaveLength(1);
  });

  it('writes each point, param and tag once', async () => {
    const { client, experimentId, lose } = await start();
    const { runId } = await client.createRun({ experimentId });
    const values = [0.1, NaN, Infinity, -Infinity, 1e-300, 123456789.123];
    const metrics = values.map((value, step) => ({ key: 'a/b c', value, timestamp: 5, step }));
    await lose('runs/log-batch', () => client.logBatch(runId, { metrics, params: { p: '1' }, tags: { t: 'v' } }));
    await lose('runs/log-metric', () => client.logMetric(runId, { key: 'c', value: 1, timestamp: 5, step: 0 }));
    const kept = [
      ...(await client.pageMetricHistory(runId, 'a/b c').all()),
      ...(await client.pageMetricHistory(runId, 'c').all()),
    ];
    expect(kept.map(({ value }) => value).sort()).toEqual([...values, 1].sort());
    expect(await client.getRun(runId)).toMatchObject({ params: { p: '1' }, tags: { t: 'v' } });
  });

  it('lists a model once', async () => {
    const { client, experimentId, lose } = await start();
    const { runId } = await client.createRun({ experimentId });
    const mlmodel = {
      artifact_path: 'model',
      run_id: runId,
      utc_time_created: '2026-01-01 00:00:00.000000',
      model_uuid: 'b'.repeat(32),
      flavors: { onnx: { data: 'model.onnx' } },
    };
    await lose('runs/log-model', () => client.recordModel(runId, mlmodel));
    const history = (await client.getRun(runId)).tags['mlflow.log-model.history'] ?? '[]';
    expect(JSON.parse(history)).toMatchObject([{ model_uuid: 'b'.repeat(32) }]);
  });

  it('deletes, restores and deletes tags', async () => {
    const { client, experimentId, name, lose } = await start();
    const { runId } = await client.createRun({ experimentId, tags: { t: 'v' } });
    await lose('runs/delete-tag', () => client.deleteTag(runId, 't'));
    await lose('runs/delete', () => client.deleteRun(runId));
    await lose('runs/restore', () => client.restoreRun(runId));
    await client.createRegisteredModel({ name });
    await client.createModelVersion({ name, source: `runs:/${runId}/model`, runId });
    await lose('model-versions/delete', () => client.deleteModelVersion(name, '1'));
    await lose('registered-models/delete', () => client.deleteRegisteredModel(name));
    await lose('experiments/delete', () => client.deleteExperiment(experimentId));
    await lose('experiments/restore', () => client.restoreExperiment(experimentId));
    expect((await client.getRun(runId)).lifecycleStage).toBe('active');
  });
}

/** The same for what only servers from 3.0 have. */
function lostAnswersOfModels(start: Start): void {
  it('makes one logged model, with its params and outputs once', async () => {
    const { client, experimentId, lose } = await start();
    const { runId } = await client.createRun({ experimentId });
    const model = { experimentId, name: 'a', sourceRunId: runId };
    const { modelId } = await lose('/logged-models', () => client.createLoggedModel(model));
    expect(await client.searchLoggedModels({ experimentIds: [experimentId] }).all()).toHaveLength(1);
    await lose('/params', () => client.logLoggedModelParams(modelId, { p: '1' }));
    await lose('runs/outputs', () => client.logOutputs(runId, [{ modelId, step: 1 }]));
    expect((await client.getRun(runId)).modelOutputs).toEqual([{ modelId, step: 1 }]);
    expect((await client.getLoggedModel(modelId)).params).toEqual({ p: '1' });
    await lose(`/${modelId}`, () => client.deleteLoggedModel(modelId));
    await expect(client.getLoggedModel(modelId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
}

function suite(major: 2 | 3, keepsFiles: boolean): void {
  let server: RealServer | undefined;
  let proxy: LosingProxy | undefined;
  let folder: string | undefined;
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-lost-'));
    server = await startRealServer({ major, ...(keepsFiles && { fileStore: `${folder}/mlruns` }) });
    proxy = await startLosingProxy(server.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });
  const start: Start = async () => {
    if (proxy === undefined) throw new Error('there is no proxy');
    const faults = proxy;
    const client = openMlflow({ trackingUri: faults.url, env: {} });
    const name = `lost-${++count}`;
    return {
      client,
      name,
      experimentId: await client.createExperiment({ name }),
      lose: async (pathEnd, call) => {
        faults.loseNext(pathEnd);
        const result = await call();
        expect(faults.hasLost()).toBe(true);
        return result;
      },
    };
  };
  lostAnswers(start);
  if (major === 3) lostAnswersOfModels(start);
}

for (const major of [3, 2] as const) {
  for (const keepsFiles of [false, true]) {
    const name = `MLflow ${major} over ${keepsFiles ? 'a file store' : 'SQLite'}, whose answers get lost,`;
    describeWithMlflow(
      name,
      () => {
        suite(major, keepsFiles);
      },
      major,
    );
  }
}
