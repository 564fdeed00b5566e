import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';

const folder = temporaryStore();
const notFound = { code: 'RESOURCE_DOES_NOT_EXIST' };
const invalid = { code: 'INVALID_PARAMETER_VALUE' };

describe('experiments of a file store', () => {
  it('get whole numbers as ids, beyond the highest that was given, the deleted ones included', async () => {
    const { store } = folder();
    expect(await store.createExperiment({ name: 'a' })).toBe('1');
    const second = await store.createExperiment({ name: 'b' });
    await store.deleteExperiment(second);
    expect(await store.createExperiment({ name: 'c' })).toBe('3');
  });

  it('keep their artifacts where they are told to', async () => {
    const { store, root } = folder();
    const elsewhere = join(root, '..', 'elsewhere dir');
    const experimentId = await store.createExperiment({ name: 'a', artifactLocation: elsewhere });
    expect((await store.getExperiment(experimentId)).artifactLocation).toMatch(/^file:\/\/\/.*\/elsewhere%20dir$/);
    const { artifactUri, runId } = await store.createRun({ experimentId });
    expect(artifactUri).toMatch(new RegExp(`/elsewhere%20dir/${runId}/artifacts$`));
  });

  it('are deleted into the trash with their runs, artifacts and models, which stay readable', async () => {
    const { store, root } = folder();
    const experimentId = await store.createExperiment({ name: 'a' });
    const { runId } = await store.createRun({ experimentId });
    const { modelId } = await store.createLoggedModel({ experimentId });
    await store.uploadArtifact(runId, 'a.txt', 'text');
    await store.deleteExperiment(experimentId);
    expect(readdirSync(join(root, '.trash'))).toEqual([experimentId]);
    expect((await store.getRun(runId)).lifecycleStage).toBe('deleted');
    expect(new TextDecoder().decode(await store.downloadArtifact(runId, 'a.txt'))).toBe('text');
    expect((await store.getLoggedModel(modelId)).artifactUri).toContain(`/.trash/${experimentId}/models/${modelId}`);
    await expect(store.setTag(runId, 'a', 'b')).rejects.toMatchObject(invalid);
    await expect(store.createLoggedModel({ experimentId })).rejects.toMatchObject(invalid);
    await expect(store.setExperimentTag(experimentId, 'a', 'b')).rejects.toMatchObject(invalid);
  });

  it('come back with all their runs, also those that were deleted before', async () => {
    const { store } = folder();
    const experimentId = await store.createExperiment({ name: 'a' });
    const { runId } = await store.createRun({ experimentId });
    await store.deleteRun(runId);
    await store.deleteExperiment(experimentId);
    await store.restoreExperiment(experimentId);
    expect((await store.getRun(runId)).lifecycleStage).toBe('active');
    await store.setTag(runId, 'a', 'b');
  });

  it('are neither deleted nor restored twice', async () => {
    const { store } = folder();
    const experimentId = await store.createExperiment({ name: 'a' });
    await expect(store.restoreExperiment(experimentId)).rejects.toMatchObject(notFound);
    await store.deleteExperiment(experimentId);
    await expect(store.deleteExperiment(experimentId)).rejects.toMatchObject(notFound);
    await expect(store.renameExperiment(experimentId, 'b')).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('that a crash left halfway to the trash are deleted, and can go either way', async () => {
    const { store, root } = folder();
    const experimentId = await store.createExperiment({ name: 'a' });
    await store.deleteExperiment(experimentId);
    renameSync(join(root, '.trash', experimentId), join(root, experimentId)); // as before its last step
    expect((await store.getExperiment(experimentId)).lifecycleStage).toBe('deleted');
    await store.deleteExperiment(experimentId);
    expect(readdirSync(join(root, '.trash'))).toEqual([experimentId]);
    renameSync(join(root, '.trash', experimentId), join(root, experimentId));
    await store.restoreExperiment(experimentId);
    expect((await store.getExperiment(experimentId)).lifecycleStage).toBe('active');
  });

  it('come back where something without a description stands in their place, but not over another', async () => {
    const { store, root } = folder();
    const experimentId = await store.createExperiment({ name: 'a' });
    await store.deleteExperiment(experimentId);
    mkdirSync(join(root, experimentId, 'left'), { recursive: true });
    await store.restoreExperiment(experimentId);
    expect(readdirSync(join(root, experimentId))).toEqual(['meta.yaml']);
  });

  it('lose no tag below the one that is deleted', async () => {
    const { store } = folder();
    const experimentId = await store.createExperiment({ name: 'a', tags: { 'well/name': 'F-9' } });
    await store.deleteExperimentTag(experimentId, 'well');
    expect((await store.getExperiment(experimentId)).tags).toEqual({ 'well/name': 'F-9' });
    await store.deleteExperimentTag(experimentId, 'well/name');
    expect((await store.getExperiment(experimentId)).tags).toEqual({});
  });

  it('keep the default one', async () => {
    const { store } = folder();
    await store.ensureExperiment('a');
    await expect(store.deleteExperiment('0')).rejects.toMatchObject(invalid);
  });

  it('are not what lies beside them', async () => {
    const { store } = folder();
    await store.createRegisteredModel({ name: 'm' });
    await expect(store.getExperiment('models')).rejects.toMatchObject(notFound);
    expect((await store.searchExperiments().all()).map(({ name }) => name)).toEqual(['Default']);
  });

  it('may keep their own name when they are renamed', async () => {
    const { store } = folder();
    const experimentId = await store.createExperiment({ name: 'a' });
    await store.renameExperiment(experimentId, 'a');
    expect((await store.getExperiment(experimentId)).name).toBe('a');
  });
});
