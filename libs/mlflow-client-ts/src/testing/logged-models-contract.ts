import { expect, it } from 'vitest';
import type { LoggedModel } from '../index.js';
import { invalid, notFound, point, unsupportedHere, type Start, type Subject } from './subject.js';

/** Runs a test where there are logged models; elsewhere they must be refused. */
function itWithModels(title: string, start: Start, test: (subject: Subject) => Promise<void>): void {
  it(title, async () => {
    const subject = await start();
    const { client, experimentId } = subject;
    if ((await client.capabilities()).hasLoggedModels) await test(subject);
    else await expect(client.createLoggedModel({ experimentId, name: 'a' })).rejects.toMatchObject(unsupportedHere);
  });
}

/** What every store does with logged models. */
export function loggedModelsContract(start: Start): void {
  lifeOfModels(start);
  contentOfModels(start);
  searchOfModels(start);
}

function lifeOfModels(start: Start): void {
  itWithModels('are pending until they are finalized', start, async ({ client, experimentId }) => {
    const { runId } = await client.createRun({ experimentId });
    const made = await client.createLoggedModel({
      experimentId,
      name: 'lstm',
      modelType: 'sequence',
      sourceRunId: runId,
      params: { size: '64' },
      tags: { kind: 'test' },
    });
    expect(made).toMatchObject({
      experimentId,
      name: 'lstm',
      status: 'PENDING',
      modelType: 'sequence',
      sourceRunId: runId,
      params: { size: '64' },
      metrics: [],
    });
    expect(made.modelId).toMatch(/^m-[0-9a-f]{32}$/);
    expect(made.tags).toMatchObject({ kind: 'test' });
    expect((await client.finalizeLoggedModel(made.modelId, 'READY')).status).toBe('READY');
    expect(await client.getLoggedModel(made.modelId)).toMatchObject({ status: 'READY', name: 'lstm' });
  });

  itWithModels('are named by the store when the caller does not', start, async ({ client, experimentId }) => {
    expect((await client.createLoggedModel({ experimentId })).name).not.toBe('');
    const failed = await client.createLoggedModel({ experimentId, name: 'b' });
    expect((await client.finalizeLoggedModel(failed.modelId, 'UPLOAD_FAILED')).status).toBe('UPLOAD_FAILED');
  });

  itWithModels('are deleted', start, async ({ client, experimentId }) => {
    const { modelId } = await client.createLoggedModel({ experimentId, name: 'a' });
    await client.deleteLoggedModel(modelId);
    await expect(client.getLoggedModel(modelId)).rejects.toMatchObject(notFound);
    expect(await client.searchLoggedModels({ experimentIds: [experimentId] }).all()).toEqual([]);
  });

  itWithModels('refuse what cannot be', start, async ({ client, experimentId }) => {
    const absent = `m-${'0'.repeat(32)}`;
    await expect(client.getLoggedModel(absent)).rejects.toMatchObject(notFound);
    await expect(client.finalizeLoggedModel(absent, 'READY')).rejects.toMatchObject(notFound);
    await expect(client.setLoggedModelTags(absent, { a: 'b' })).rejects.toMatchObject(notFound);
    await expect(client.createLoggedModel({ experimentId, name: 'a/b' })).rejects.toMatchObject(invalid);
    await expect(client.createLoggedModel({ experimentId: '987654321', name: 'a' })).rejects.toMatchObject(notFound);
  });
}

function contentOfModels(start: Start): void {
  itWithModels('keep tags and params', start, async ({ client, experimentId }) => {
    const { modelId } = await client.createLoggedModel({ experimentId, name: 'a', params: { size: '64' } });
    await client.setLoggedModelTags(modelId, { kind: 'old', 'a b': 'c' });
    await client.setLoggedModelTags(modelId, { kind: 'new' });
    await client.deleteLoggedModelTag(modelId, 'a b');
    await client.logLoggedModelParams(modelId, { depth: '2' });
    const kept = await client.getLoggedModel(modelId);
    expect(kept.tags).toMatchObject({ kind: 'new' });
    expect(kept.tags).not.toHaveProperty('a b');
    expect(kept.params).toEqual({ size: '64', depth: '2' });
  });

  itWithModels('have the metrics that runs measured of them', start, async ({ client, experimentId }) => {
    const { runId } = await client.createRun({ experimentId });
    const { modelId } = await client.createLoggedModel({ experimentId, name: 'a', sourceRunId: runId });
    const dataset = { datasetName: 'wells', datasetDigest: 'd1' };
    await client.logInputs(runId, [{ name: 'wells', digest: 'd1', sourceType: 'local', source: '{}' }]);
    await client.logBatch(runId, {
      metrics: [
        { ...point('rmse', 3, 0), modelId, ...dataset },
        { ...point('rmse', 2, 1, 2000), modelId, ...dataset },
        { ...point('mae', 1), modelId },
      ],
    });
    const metrics = [...(await client.getLoggedModel(modelId)).metrics].sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(metrics).toMatchObject([
      { key: 'mae', value: 1, runId, modelId },
      { key: 'rmse', value: 2, step: 1, runId, modelId, ...dataset },
    ]);
    expect((await client.getRun(runId)).metrics).toEqual({ rmse: 2, mae: 1 });
  });

  itWithModels('go into runs and come out of them', start, async ({ client, experimentId }) => {
    const { runId } = await client.createRun({ experimentId });
    const input = await client.createLoggedModel({ experimentId, name: 'base' });
    const output = await client.createLoggedModel({ experimentId, name: 'tuned', sourceRunId: runId });
    await client.logInputs(runId, [], [input.modelId]);
    await client.logOutputs(runId, [{ modelId: output.modelId, step: 3 }]);
    await client.logOutputs(runId, [{ modelId: output.modelId, step: 3 }]); // again
    expect(await client.getRun(runId)).toMatchObject({
      modelInputs: [input.modelId],
      modelOutputs: [{ modelId: output.modelId, step: 3 }],
    });
  });

  itWithModels('keep files, and can be registered', start, async ({ client, experimentId, modelName }) => {
    const { runId } = await client.createRun({ experimentId });
    const { modelId } = await client.createLoggedModel({ experimentId, name: 'a', sourceRunId: runId });
    const repository = client.artifacts({ modelId });
    await repository.upload('MLmodel', 'flavors: {}\n');
    await repository.upload('data/weights.bin', Uint8Array.of(1, 2, 3));
    expect((await repository.list()).map(({ path }) => path)).toEqual(['MLmodel', 'data']);
    expect(await repository.list('data')).toEqual([{ path: 'data/weights.bin', isDirectory: false, sizeBytes: 3 }]);
    expect([...(await repository.download('data/weights.bin'))]).toEqual([1, 2, 3]);
    await client.finalizeLoggedModel(modelId, 'READY');
    await client.createRegisteredModel({ name: modelName });
    const made = await client.createModelVersion({ name: modelName, source: `models:/${modelId}`, runId, modelId });
    expect(made).toMatchObject({ version: '1', runId });
  });
}

function searchOfModels(start: Start): void {
  itWithModels('are found by name, params, tags and metrics, newest first', start, async ({ client, experimentId }) => {
    const { runId } = await client.createRun({ experimentId });
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      const params = { size: String(64 * index) };
      const { modelId } = await client.createLoggedModel({ experimentId, name, params, tags: { rank: name } });
      await client.logBatch(runId, { metrics: [{ ...point('rmse', index), modelId }] });
    }
    const experimentIds = [experimentId];
    const names = (models: readonly LoggedModel[]): string => models.map(({ name }) => name).join('');
    const found = async (filter: string): Promise<string> =>
      names(
        await client
          .searchLoggedModels({ experimentIds, filter, orderBy: [{ fieldName: 'name', ascending: true }] })
          .all(),
      );
    expect(await found('')).toBe('abc');
    expect(await found("name = 'b'")).toBe('b');
    expect(await found("params.size != '64'")).toBe('ac');
    expect(await found("tags.rank LIKE 'c%'")).toBe('c');
    expect(await found('metrics.rmse < 2')).toBe('ab');
    const best = client.searchLoggedModels({
      experimentIds,
      orderBy: [{ fieldName: 'metrics.rmse', ascending: false }],
    });
    expect(names(await best.all())).toBe('cba');
    expect((await best.page({ maxResults: 2 })).items).toHaveLength(2);
    expect(names(await best.all(2))).toBe('cb');
    const bad = client.searchLoggedModels({ experimentIds, filter: "name = 'a' OR name = 'b'" });
    await expect(bad.all()).rejects.toMatchObject(invalid);
  });
}
