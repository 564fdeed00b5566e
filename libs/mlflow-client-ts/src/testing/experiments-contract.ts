import { expect, it } from 'vitest';
import type { ExperimentSearch } from '../index.js';
import { invalid, notFound, taken, tooLong, unsupportedHere, type Start } from './subject.js';

/** What every store does with experiments. */
export function experimentsContract(start: Start): void {
  it('gives an experiment the same id each time', async () => {
    const { client, experimentId, modelName } = await start();
    expect(await client.ensureExperiment(modelName)).toBe(experimentId);
    expect(await client.findExperimentByName(modelName)).toMatchObject({
      experimentId,
      name: modelName,
      lifecycleStage: 'active',
    });
  });

  it('makes one experiment when two callers ask at once', async () => {
    const { client, modelName } = await start();
    const ids = await Promise.all([1, 2, 3].map(() => client.ensureExperiment(`${modelName}-at-once`)));
    expect(new Set(ids).size).toBe(1);
  });

  it('finds names with quotes, slashes and other alphabets', async () => {
    const { client, modelName } = await start();
    const name = `${modelName} "Бурение": 'a/b' #1`;
    const id = await client.ensureExperiment(name);
    expect((await client.findExperimentByName(name))?.experimentId).toBe(id);
  });

  it('answers an unknown name with undefined', async () => {
    const { client } = await start();
    expect(await client.findExperimentByName('no such experiment')).toBeUndefined();
  });

  it('refuses an empty and an over-long name', async () => {
    const { client } = await start();
    await expect(client.ensureExperiment(' ')).rejects.toMatchObject(invalid);
    await expect(client.ensureExperiment('n'.repeat(501))).rejects.toMatchObject(tooLong);
  });

  it('keeps the tags and times of an experiment', async () => {
    const { client, modelName } = await start();
    const before = Date.now() - 1000;
    const id = await client.createExperiment({ name: `${modelName}-made`, tags: { well: 'F-9', 'a/b': 'ü 😀' } });
    const made = await client.getExperiment(id);
    expect(made).toMatchObject({ experimentId: id, name: `${modelName}-made`, lifecycleStage: 'active' });
    expect(made.tags).toMatchObject({ well: 'F-9', 'a/b': 'ü 😀' });
    expect(made.creationTime).toBeGreaterThan(before);
    await client.setExperimentTag(id, 'well', 'F-10');
    expect((await client.getExperiment(id)).tags['well']).toBe('F-10');
  });

  it('deletes a tag, where the server can', async () => {
    const { client, experimentId } = await start();
    await client.setExperimentTag(experimentId, 'a', '1');
    const { hasExperimentTagDeletion } = await client.capabilities();
    const deleted = client.deleteExperimentTag(experimentId, 'a');
    if (hasExperimentTagDeletion) await deleted;
    else await expect(deleted).rejects.toMatchObject(unsupportedHere);
    expect('a' in (await client.getExperiment(experimentId)).tags).toBe(!hasExperimentTagDeletion);
  });

  it('refuses a name that is taken, also by a deleted experiment', async () => {
    const { client, experimentId, modelName } = await start();
    await expect(client.createExperiment({ name: modelName })).rejects.toMatchObject(taken);
    await client.deleteExperiment(experimentId);
    await expect(client.createExperiment({ name: modelName })).rejects.toMatchObject(taken);
    await expect(client.ensureExperiment(modelName)).rejects.toMatchObject(invalid);
  });

  it('renames an experiment, and not to a name that is taken', async () => {
    const { client, experimentId, modelName } = await start();
    await client.renameExperiment(experimentId, `${modelName}-new`);
    expect(await client.findExperimentByName(modelName)).toBeUndefined();
    expect((await client.findExperimentByName(`${modelName}-new`))?.experimentId).toBe(experimentId);
    await client.ensureExperiment(modelName);
    await expect(client.renameExperiment(experimentId, modelName)).rejects.toMatchObject({ name: 'MlflowError' });
    expect((await client.getExperiment(experimentId)).name).toBe(`${modelName}-new`);
  });

  it('deletes an experiment with its runs, and restores both', async () => {
    const { client, experimentId, modelName } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.deleteExperiment(experimentId);
    expect((await client.getExperiment(experimentId)).lifecycleStage).toBe('deleted');
    expect((await client.findExperimentByName(modelName))?.lifecycleStage).toBe('deleted');
    await expect(client.createRun({ experimentId })).rejects.toMatchObject(invalid);
    await client.restoreExperiment(experimentId);
    expect((await client.getExperiment(experimentId)).lifecycleStage).toBe('active');
    expect((await client.getRun(runId)).lifecycleStage).toBe('active');
    await client.setTag(runId, 'again', 'yes');
  });

  it('does not find an experiment that does not exist', async () => {
    const { client } = await start();
    await expect(client.getExperiment('987654321')).rejects.toMatchObject(notFound);
    await expect(client.deleteExperiment('987654321')).rejects.toMatchObject(notFound);
    await expect(client.restoreExperiment('987654321')).rejects.toMatchObject(notFound);
    await expect(client.renameExperiment('987654321', 'a')).rejects.toMatchObject(notFound);
    await expect(client.setExperimentTag('987654321', 'a', 'b')).rejects.toMatchObject(notFound);
  });

  it('finds experiments by name, tag and stage, in the order asked for', async () => {
    const { client, modelName } = await start();
    const ids: Record<string, string> = {};
    for (const [index, letter] of ['a', 'b', 'c'].entries()) {
      ids[letter] = await client.createExperiment({
        name: `${modelName}:${letter}`,
        tags: { group: modelName, rank: String(index) },
      });
    }
    await client.deleteExperiment(ids['c'] ?? '');
    const names = async (search: ExperimentSearch): Promise<string[]> =>
      (await client.searchExperiments(search).all()).map(({ name }) => name.slice(-1));
    const filter = `tags.group = '${modelName}'`;
    expect(await names({ filter, orderBy: ['name ASC'] })).toEqual(['a', 'b']);
    expect(await names({ filter, orderBy: ['name DESC'] })).toEqual(['b', 'a']);
    expect(await names({ filter, viewType: 'DELETED_ONLY' })).toEqual(['c']);
    expect(await names({ filter, viewType: 'ALL', orderBy: ['name'] })).toEqual(['a', 'b', 'c']);
    expect(await names({ filter: `name LIKE '${modelName}:%' AND tags.rank != '0'` })).toEqual(['b']);
    expect(await names({ filter: `name ILIKE '${modelName.toUpperCase()}:A'` })).toEqual(['a']);
    expect(await names({ filter: `${filter} AND creation_time > 0`, orderBy: ['name'] })).toEqual(['a', 'b']);
  });

  it.each(["rank = '1'", 'name > 5', 'metrics.a > 1', "name = 'a' OR name = 'b'"])(
    'refuses the filter %s',
    async (filter) => {
      const { client } = await start();
      await expect(client.searchExperiments({ filter }).all()).rejects.toMatchObject(invalid);
    },
  );
}
