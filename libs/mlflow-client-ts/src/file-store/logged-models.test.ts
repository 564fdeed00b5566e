import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';

const folder = temporaryStore();
const notFound = { code: 'RESOURCE_DOES_NOT_EXIST' };
const invalid = { code: 'INVALID_PARAMETER_VALUE' };

let experimentId: string;
beforeEach(async () => {
  experimentId = await folder().store.ensureExperiment('wells');
});

describe('logged models of a file store', () => {
  it('are the same when another process reads them', async () => {
    const { store, reopen } = folder();
    const made = await store.createLoggedModel({ experimentId, params: { a: '1' }, tags: { 'b/c': '2' } });
    expect(await reopen().getLoggedModel(made.modelId)).toEqual(made);
  });

  it('keep their params as they were logged first', async () => {
    const { store } = folder();
    const { modelId } = await store.createLoggedModel({ experimentId, params: { a: '1' } });
    await store.logLoggedModelParams(modelId, { a: '1', b: '2' });
    await expect(store.logLoggedModelParams(modelId, { a: '2', c: '3' })).rejects.toMatchObject(invalid);
    expect((await store.getLoggedModel(modelId)).params).toEqual({ a: '1', b: '2' });
  });

  it('do not find a tag that is absent', async () => {
    const { store } = folder();
    const { modelId } = await store.createLoggedModel({ experimentId });
    await expect(store.deleteLoggedModelTag(modelId, 'a')).rejects.toMatchObject(notFound);
  });

  it('have the latest point per metric and dataset, of whichever run', async () => {
    const { store } = folder();
    const { modelId } = await store.createLoggedModel({ experimentId });
    const elsewhere = await store.ensureExperiment('elsewhere');
    const near = (await store.createRun({ experimentId })).runId;
    const far = (await store.createRun({ experimentId: elsewhere })).runId;
    const point = { key: 'rmse', timestamp: 1, modelId };
    const wells = { datasetName: 'wells', datasetDigest: 'd1' };
    await store.logBatch(near, {
      metrics: [
        { ...point, value: 3, step: 1, ...wells },
        { ...point, value: 4, step: 1 },
      ],
    });
    await store.logBatch(far, { metrics: [{ ...point, value: 2, step: 2, ...wells }] });
    const { metrics } = await store.getLoggedModel(modelId);
    expect([...metrics].sort((a, b) => a.value - b.value)).toEqual([
      { ...point, value: 2, step: 2, runId: far, ...wells },
      { ...point, value: 4, step: 1, runId: near },
    ]);
  });

  it('are searched in the experiments that are asked for', async () => {
    const { store } = folder();
    const { modelId } = await store.createLoggedModel({ experimentId, name: 'a' });
    const elsewhere = await store.ensureExperiment('elsewhere');
    expect(await store.searchLoggedModels({ experimentIds: [elsewhere] }).all()).toEqual([]);
    const found = await store.searchLoggedModels({ experimentIds: [elsewhere, experimentId, '987'] }).all();
    expect(found.map((model) => model.modelId)).toEqual([modelId]);
  });

  it('give their files only while they are not deleted', async () => {
    const { store } = folder();
    const { modelId } = await store.createLoggedModel({ experimentId });
    await store.artifacts({ modelId }).upload('a.txt', 'text');
    await store.deleteLoggedModel(modelId);
    await expect(store.artifacts({ modelId }).list()).rejects.toMatchObject(notFound);
    await expect(store.deleteLoggedModel(modelId)).rejects.toMatchObject(notFound);
  });
});
