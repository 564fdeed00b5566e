import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../src/index.js';
import { logTinyModel } from './log-tiny-model.js';
import { withoutRequestTag } from './request-tag.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

// Everything that YAML or a file could spoil.
const awkward = 'line\n\n  "quoted" \'single\': # no comment \\ \u2028 \x85 \x7f 😀 ü - [x] {y}\t';

describeWithMlflow('a file store written from TypeScript', () => {
  let folder: string;
  let server: RealServer;
  let store: MlflowClient;
  let rest: MlflowClient;
  let runId: string;
  let experimentId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-store-'));
    store = openMlflow({ trackingUri: `file:${folder}/mlruns` });
    experimentId = await store.ensureExperiment(`wells ${awkward}`);
    ({ runId } = await store.createRun({ experimentId, runName: awkward, startTime: 1000 }));
    await store.logBatch(runId, {
      metrics: [NaN, Infinity, -Infinity, 1e-7].map((value, step) => ({ key: 'val/loss', value, timestamp: 5, step })),
      params: { note: awkward, empty: '' },
      tags: { 'a/b': awkward },
    });
    await store.logInputs(runId, [
      { name: 'd: x', digest: '1e5', sourceType: 'local', source: '{}', schema: '{"a": 1}', context: 'training' },
    ]);
    await store.updateRun(runId, { status: 'FINISHED', endTime: 2000 });
    await logTinyModel(store, 'tiny');
    const version = await store.createModelVersion({
      name: 'tiny',
      source: `runs:/${runId}/model`,
      runId,
      description: awkward,
      tags: { digest: '1e5', long: awkward.repeat(500) },
    });
    await store.transitionModelVersionStage('tiny', version.version, 'Production', true);
    await store.setRegisteredModelAlias('tiny', 'production', version.version);
    server = await startRealServer({ fileStore: `${folder}/mlruns` });
    rest = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await rm(folder, { recursive: true });
  });

  it('is served by a real server with every run, metric, param, tag and dataset', async () => {
    expect(await rest.findExperimentByName('Default')).toEqual(await store.findExperimentByName('Default'));
    const run = await rest.getRun(runId);
    expect(run).toEqual(await store.getRun(runId));
    expect(run).toMatchObject({ runName: awkward, params: { note: awkward, empty: '' }, status: 'FINISHED' });
    expect(await rest.getMetricHistory(runId, 'val/loss')).toEqual(await store.getMetricHistory(runId, 'val/loss'));
    const filter = "metrics.`val/loss` < 1 and status = 'FINISHED'";
    expect(await rest.searchRuns({ experimentIds: [experimentId], filter }).all()).toEqual([run]);
  });

  it('is served with its registered models, versions and aliases', async () => {
    const versions = await rest.listModelVersions('tiny');
    expect(versions).toEqual(await store.listModelVersions('tiny'));
    expect(versions[0]).toMatchObject({ version: '2', currentStage: 'Production', description: awkward });
    expect(await rest.findModelVersionByAlias('tiny', 'production')).toEqual(versions[0]);
    expect(await rest.findRegisteredModel('tiny')).toEqual(await store.findRegisteredModel('tiny'));
  });

  it('is served with its artifacts', async () => {
    const { runId: modelRun } = await rest.getModelVersion('tiny', '1');
    const listed = await rest.listArtifacts(modelRun, 'model');
    expect(listed.map(({ path }) => path)).toContain('model/model.onnx');
    expect(listed).toEqual(await store.listArtifacts(modelRun, 'model'));
  });

  it('reads back what the server wrote on top of it', async () => {
    await rest.logBatch(runId, { tags: { later: awkward } });
    await rest.updateRun(runId, { status: 'FAILED', endTime: 3000, runName: `again: ${awkward}` });
    await rest.setRegisteredModelAlias('tiny', 'production', '1');
    await rest.transitionModelVersionStage('tiny', '1', 'Production', true);
    const made = await rest.createModelVersion({
      name: 'tiny',
      source: `runs:/${runId}/model`,
      runId,
      description: awkward,
    });
    expect(made.version).toBe('3');
    expect(await store.getRun(runId)).toEqual(await rest.getRun(runId));
    expect((await store.getRun(runId)).runName).toBe(`again: ${awkward}`);
    expect((await store.listModelVersions('tiny')).map(withoutRequestTag)).toEqual(
      await rest.listModelVersions('tiny'),
    );
    expect((await store.getModelVersion('tiny', '2')).currentStage).toBe('Archived');

    const second = await rest.createRun({ experimentId: await rest.ensureExperiment('made by the server') });
    expect(withoutRequestTag(await store.getRun(second.runId))).toEqual(await rest.getRun(second.runId));
  });
});
