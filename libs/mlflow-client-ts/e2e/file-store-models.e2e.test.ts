import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, type LoggedModel, type MlflowClient } from '../src/index.js';
import { withoutRequestTag } from './request-tag.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

const awkward = 'line\n\n  "quoted" \'single\': # no comment \\ \u2028 \x85 \x7f 😀 ü - [x] {y}\t';
const wells = { datasetName: 'wells', datasetDigest: 'd1' };

/** A server gives metrics in the order of a folder. */
function comparable(model: LoggedModel): LoggedModel {
  return { ...model, metrics: [...model.metrics].sort((a, b) => a.value - b.value) };
}

describeWithMlflow('models and deletions in a file store written from TypeScript', () => {
  let folder: string;
  let server: RealServer;
  let store: MlflowClient;
  let rest: MlflowClient;
  let experimentId: string;
  let runId: string;
  let baseId: string;
  let modelId: string;
  let goneId: string;
  let goneRunId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-models-'));
    store = openMlflow({ trackingUri: `file:${folder}/mlruns` });
    experimentId = await store.createExperiment({ name: 'wells', tags: { note: awkward } });
    ({ runId } = await store.createRun({ experimentId, startTime: 1000 }));
    baseId = (await store.createLoggedModel({ experimentId, name: 'base' })).modelId;
    const made = { name: 'tuned', modelType: 'sequence', sourceRunId: runId };
    const tags = { note: awkward };
    ({ modelId } = await store.createLoggedModel({
      experimentId,
      ...made,
      tags,
      params: { size: '64', 'a/b': awkward },
    }));
    await store.artifacts({ modelId }).upload('data/weights.bin', Uint8Array.of(1, 2, 3));
    await store.logInputs(runId, [], [baseId]);
    await store.logOutputs(runId, [{ modelId, step: 3 }]);
    await store.logBatch(runId, {
      metrics: [
        { key: 'rmse', value: 3, timestamp: 10, step: 1, modelId, ...wells },
        { key: 'rmse', value: 2, timestamp: 20, step: 2, modelId, ...wells },
        { key: 'rmse', value: 9, timestamp: 30, step: 0, modelId },
        { key: 'odd', value: 1, timestamp: 30, step: 0, modelId, datasetName: 'two words', datasetDigest: 'd 2' },
      ],
    });
    await store.finalizeLoggedModel(modelId, 'READY');
    await store.createRegisteredModel({ name: 'old', description: awkward, tags: { team: awkward } });
    await store.createModelVersion({ name: 'old', source: `models:/${modelId}`, modelId, tags: { digest: '1e5' } });
    await store.createModelVersion({ name: 'old', source: `models:/${modelId}`, modelId });
    await store.setRegisteredModelAlias('old', 'champion', '1');
    await store.renameRegisteredModel('old', 'renamed');
    await store.deleteModelVersion('renamed', '2');
    goneId = await store.createExperiment({ name: 'gone' });
    goneRunId = (await store.createRun({ experimentId: goneId, startTime: 5, tags: { k: 'v' } })).runId;
    await store.deleteExperiment(goneId);
    server = await startRealServer({ fileStore: `${folder}/mlruns` });
    rest = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await rm(folder, { recursive: true });
  });

  it('are served: a logged model with params, tags, metrics and files', async () => {
    const served = comparable(await rest.getLoggedModel(modelId));
    const own = comparable(await store.getLoggedModel(modelId));
    expect({ ...served, metrics: [] }).toEqual({ ...own, metrics: [] });
    expect(served.metrics).toMatchObject([
      { key: 'odd', value: 1, runId, datasetName: 'two%20words', datasetDigest: 'd%202' },
      { key: 'rmse', value: 2, step: 2, runId, ...wells },
      { key: 'rmse', value: 9, step: 0, runId },
    ]);
    expect(own.metrics[0]).toMatchObject({ datasetName: 'two words', datasetDigest: 'd 2' });
    const found = await rest.searchLoggedModels({ experimentIds: [experimentId], filter: "name = 'tuned'" }).all();
    expect(found.map((model) => model.modelId)).toEqual([modelId]);
    const { artifactUri } = await rest.getLoggedModel(modelId);
    expect(
      await openMlflow({ trackingUri: `file:${folder}/mlruns` })
        .artifacts({ modelId })
        .list('data'),
    ).toHaveLength(1);
    expect(artifactUri).toContain(`/${experimentId}/models/${modelId}/artifacts`);
  });

  it('are served: a run with the models that went in and came out', async () => {
    expect(await rest.getRun(runId)).toEqual(await store.getRun(runId));
    expect(await rest.getRun(runId)).toMatchObject({ modelInputs: [baseId], modelOutputs: [{ modelId, step: 3 }] });
  });

  it('are served: a renamed model with its version and alias, without the deleted version', async () => {
    expect(await rest.findRegisteredModel('old')).toBeUndefined();
    expect(await rest.findRegisteredModel('renamed')).toEqual(await store.findRegisteredModel('renamed'));
    const [version, ...others] = await rest.listModelVersions('renamed');
    expect(others).toEqual([]);
    expect(version).toEqual(await store.getModelVersion('renamed', '1'));
    expect(version).toMatchObject({ name: 'renamed', runId, aliases: ['champion'], tags: { digest: '1e5' } });
    expect(await rest.getModelVersionDownloadUri('renamed', '1')).toBe(
      await store.getModelVersionDownloadUri('renamed', '1'),
    );
  });

  it('are served: a deleted experiment, which the server restores with its runs', async () => {
    const deleted = await rest.searchExperiments({ viewType: 'DELETED_ONLY' }).all();
    const [own] = await store.searchExperiments({ viewType: 'DELETED_ONLY' }).all();
    expect(own?.artifactLocation).toContain(`/.trash/${goneId}`); // a server says where they would be without the deletion
    expect(deleted).toEqual([{ ...own, artifactLocation: deleted[0]?.artifactLocation }]);
    expect((await rest.getRun(goneRunId)).lifecycleStage).toBe('deleted');
    await rest.restoreExperiment(goneId);
    expect(await store.getExperiment(goneId)).toEqual(await rest.getExperiment(goneId));
    await store.setTag(goneRunId, 'again', awkward);
    expect(await rest.getRun(goneRunId)).toEqual(await store.getRun(goneRunId));
    expect(await store.getRun(goneRunId)).toMatchObject({ lifecycleStage: 'active', tags: { k: 'v', again: awkward } });
  });

  it('are read back with what the server wrote on top', async () => {
    const second = await rest.createLoggedModel({ experimentId, name: 'by-server', params: { depth: awkward } });
    await rest.setLoggedModelTags(modelId, { later: awkward });
    await rest.logBatch(runId, { metrics: [{ key: 'rmse', value: 0.5, timestamp: 40, step: 4, modelId, ...wells }] });
    await rest.logOutputs(runId, [{ modelId: second.modelId, step: 7 }]);
    await rest.deleteLoggedModel(baseId);
    await rest.createModelVersion({ name: 'renamed', source: `models:/${modelId}`, modelId, runId });
    await rest.renameExperiment(experimentId, 'rénamed: "wells"');
    const { runId: otherRun } = await rest.createRun({ experimentId });
    await rest.deleteRun(otherRun);
    expect(withoutRequestTag(await store.getLoggedModel(second.modelId))).toEqual(
      await rest.getLoggedModel(second.modelId),
    );
    expect((await store.getLoggedModel(modelId)).tags['later']).toBe(awkward);
    expect(comparable(await store.getLoggedModel(modelId)).metrics[0]).toMatchObject({ value: 0.5, step: 4, ...wells });
    expect((await store.getRun(runId)).modelOutputs).toEqual([
      { modelId, step: 3 },
      { modelId: second.modelId, step: 7 },
    ]);
    await expect(store.getLoggedModel(baseId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect((await store.listModelVersions('renamed')).map(withoutRequestTag)).toEqual(
      await rest.listModelVersions('renamed'),
    );
    expect((await store.listModelVersions('renamed')).map(({ version }) => version)).toEqual(['3', '1']);
    expect((await store.getExperiment(experimentId)).name).toBe('rénamed: "wells"');
    expect((await store.getRun(otherRun)).lifecycleStage).toBe('deleted');
  });

  it('are deleted by the server, and restored by the store', async () => {
    await rest.deleteExperiment(goneId);
    expect((await store.getExperiment(goneId)).lifecycleStage).toBe('deleted');
    await expect(store.setTag(goneRunId, 'a', 'b')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await store.restoreExperiment(goneId);
    expect(await rest.getExperiment(goneId)).toEqual(await store.getExperiment(goneId));
    expect((await rest.getRun(goneRunId)).lifecycleStage).toBe('active');
  });
});
