import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';

const folder = temporaryStore();
const notFound = { code: 'RESOURCE_DOES_NOT_EXIST' };
const invalid = { code: 'INVALID_PARAMETER_VALUE' };

let runId: string;
let modelId: string;
beforeEach(async () => {
  const { store } = folder();
  const experimentId = await store.ensureExperiment('wells');
  ({ runId } = await store.createRun({ experimentId }));
  ({ modelId } = await store.createLoggedModel({ experimentId, sourceRunId: runId }));
  await store.createRegisteredModel({ name: 'm' });
});

describe('model versions of a file store', () => {
  it('of a logged model take over its run, tell where its files are, and are noted with it', async () => {
    const { store } = folder();
    const made = await store.createModelVersion({ name: 'm', source: `models:/${modelId}` });
    expect(made).toMatchObject({ source: `models:/${modelId}`, runId });
    const { artifactUri, tags } = await store.getLoggedModel(modelId);
    expect(await store.getModelVersionDownloadUri('m', '1')).toBe(artifactUri);
    await store.createModelVersion({ name: 'm', source: `models:/${modelId}`, modelId });
    const noted = (await store.getLoggedModel(modelId)).tags['mlflow.modelVersions'];
    expect(JSON.parse(tags['mlflow.modelVersions'] ?? '')).toEqual([{ name: 'm', version: 1 }]);
    expect(JSON.parse(noted ?? '')).toEqual([
      { name: 'm', version: 1 },
      { name: 'm', version: 2 },
    ]);
  });

  it('tell where their files are now, also when the logged model was deleted since', async () => {
    const { store } = folder();
    const { artifactUri } = await store.getLoggedModel(modelId);
    await store.createModelVersion({ name: 'm', source: `models:/${modelId}` });
    await store.createModelVersion({ name: 'm', source: `runs:/${runId}/deep/model`, runId });
    await store.createModelVersion({ name: 'm', source: 's3://bucket/model' });
    await store.deleteLoggedModel(modelId);
    expect(await store.getModelVersionDownloadUri('m', '1')).toBe(artifactUri);
    expect(await store.getModelVersionDownloadUri('m', '2')).toBe(
      `${(await store.getRun(runId)).artifactUri}/deep/model`,
    );
    expect(await store.getModelVersionDownloadUri('m', '3')).toBe('s3://bucket/model');
  });

  it('of another version take over its run and model', async () => {
    const { store, root } = folder();
    await store.createModelVersion({ name: 'm', source: `models:/${modelId}` });
    await store.createRegisteredModel({ name: 'production' });
    const copied = await store.createModelVersion({ name: 'production', source: 'models:/m/1' });
    expect(copied).toMatchObject({ source: 'models:/m/1', runId });
    const { artifactUri } = await store.getLoggedModel(modelId);
    expect(await store.getModelVersionDownloadUri('production', '1')).toBe(artifactUri);
    const meta = readFileSync(join(root, 'models/production/version-1/meta.yaml'), 'utf8');
    expect(meta).toContain(`"model_id": "${modelId}"`);
  });

  it.each(['models:/m-0', 'models:/m/9', 'models:/unknown/1'])(
    'refuse the source %s, which is not there',
    async (source) => {
      await expect(folder().store.createModelVersion({ name: 'm', source })).rejects.toMatchObject(notFound);
    },
  );

  it('take a path only of their own run or logged model', async () => {
    const { store, root } = folder();
    const { artifactUri } = await store.getRun(runId);
    const inside = { name: 'm', source: `${artifactUri}/model`, runId };
    const outside = [`file://${root}/secret`, `${root}/secret`, `${artifactUri}/../secret`, artifactUri];
    for (const [index, source] of outside.entries()) {
      const owner = index < 3 ? { runId } : {};
      await expect(store.createModelVersion({ name: 'm', source, ...owner })).rejects.toMatchObject(invalid);
    }
    expect(await store.createModelVersion(inside)).toMatchObject({ version: '1', runId });
  });

  it('are not made of nothing when their model is unknown', async () => {
    const made = folder().store.createModelVersion({ name: 'unknown', source: 'models:/m-0' });
    await expect(made).rejects.toMatchObject({ ...notFound, details: { name: 'unknown' } });
  });

  it('keep deleted numbers, as MLflow does', async () => {
    const { store, root } = folder();
    await store.createModelVersion({ name: 'm', source: 'runs:/a/model' });
    await store.deleteModelVersion('m', '1');
    const meta = readFileSync(join(root, 'models/m/version-1/meta.yaml'), 'utf8');
    expect(meta).toContain('"current_stage": "Deleted_Internal"');
    expect((await store.createModelVersion({ name: 'm', source: 'runs:/a/model' })).version).toBe('2');
  });

  it('are the latest of a stage by their number', async () => {
    const { store } = folder();
    for (const source of ['runs:/a/1', 'runs:/a/2', 'runs:/a/3']) await store.createModelVersion({ name: 'm', source });
    await store.transitionModelVersionStage('m', '1', 'Production', false);
    await store.transitionModelVersionStage('m', '2', 'Production', true);
    const latest = await store.getLatestVersions('m');
    expect(latest.map(({ currentStage, version }) => [currentStage, version])).toEqual([
      ['None', '3'],
      ['Production', '2'],
      ['Archived', '1'],
    ]);
  });
});
