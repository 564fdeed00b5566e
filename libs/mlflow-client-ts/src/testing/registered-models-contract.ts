import { expect, it } from 'vitest';
import { version } from './model-versions-contract.js';
import { invalid, notFound, taken, tooLong, type Start } from './subject.js';

/** What every store does with registered models. */
export function registeredModelsContract(start: Start): void {
  it('keeps description, tags and times', async () => {
    const { client, modelName } = await start();
    const before = Date.now() - 1000;
    const made = await client.createRegisteredModel({
      name: modelName,
      description: 'bit life',
      tags: { team: 'rig' },
    });
    expect(made).toMatchObject({ name: modelName, description: 'bit life', tags: { team: 'rig' }, aliases: {} });
    expect(made.creationTimestamp).toBeGreaterThan(before);
    await client.updateRegisteredModel(modelName, 'life of a "bit"\nin hours');
    await client.setRegisteredModelTag(modelName, 'a/b', 'ü 😀');
    await client.deleteRegisteredModelTag(modelName, 'team');
    await client.deleteRegisteredModelTag(modelName, 'team'); // again
    expect(await client.findRegisteredModel(modelName)).toMatchObject({
      description: 'life of a "bit"\nin hours',
      tags: { 'a/b': 'ü 😀' },
    });
    expect((await client.findRegisteredModel(modelName))?.tags).not.toHaveProperty('team');
  });

  it('refuses a name that is taken', async () => {
    const { client, modelName } = await start();
    await client.createRegisteredModel({ name: modelName });
    await expect(client.createRegisteredModel({ name: modelName })).rejects.toMatchObject(taken);
  });

  it('renames a model with its versions, tags and aliases', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject, { digest: 'abc' });
    await client.setRegisteredModelTag(modelName, 'team', 'rig');
    await client.setRegisteredModelAlias(modelName, 'champion', '1');
    const renamed = await client.renameRegisteredModel(modelName, `${modelName}-new`);
    expect(renamed.name).toBe(`${modelName}-new`);
    expect(await client.findRegisteredModel(modelName)).toBeUndefined();
    expect(await client.findModelVersionByAlias(`${modelName}-new`, 'champion')).toMatchObject({
      name: `${modelName}-new`,
      version: '1',
      tags: { digest: 'abc' },
      aliases: ['champion'],
    });
    expect((await client.findRegisteredModel(`${modelName}-new`))?.tags).toEqual({ team: 'rig' });
    await client.createRegisteredModel({ name: modelName });
    await expect(client.renameRegisteredModel(modelName, `${modelName}-new`)).rejects.toMatchObject(taken);
  });

  it('deletes a model with all its versions', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await client.transitionModelVersionStage(modelName, '1', 'Production', false);
    await client.setRegisteredModelAlias(modelName, 'champion', '1');
    await client.deleteRegisteredModel(modelName);
    expect(await client.findRegisteredModel(modelName)).toBeUndefined();
    expect(await client.listModelVersions(modelName)).toEqual([]);
    await client.createRegisteredModel({ name: modelName });
    expect((await client.findRegisteredModel(modelName))?.aliases).toEqual({});
  });

  it('finds models by name and tag, in the order asked for', async () => {
    const { client, modelName } = await start();
    for (const letter of ['a', 'b', 'c']) {
      await client.createRegisteredModel({ name: `${modelName}-${letter}`, tags: { rank: letter, team: modelName } });
    }
    const names = async (filter: string, ...orderBy: string[]): Promise<string> =>
      (await client.searchRegisteredModels({ filter, orderBy }).all()).map(({ name }) => name.slice(-1)).join('');
    expect(await names(`name LIKE '${modelName}-%'`)).toBe('abc');
    expect(await names(`name LIKE '${modelName}-%'`, 'name DESC')).toBe('cba');
    expect(await names(`name ILIKE '${modelName.toUpperCase()}-B'`)).toBe('b');
    expect(await names(`name = '${modelName}-a'`)).toBe('a');
    expect(await names(`tags.team = '${modelName}' AND tags.rank != 'b'`)).toBe('ac');
  });

  it('gives the newest version of each stage', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    for (let i = 0; i < 4; i++) await version(subject);
    await client.transitionModelVersionStage(modelName, '1', 'Staging', false);
    await client.transitionModelVersionStage(modelName, '2', 'Staging', false);
    const stages = async (...asked: ('None' | 'Staging' | 'Production')[]): Promise<string[]> =>
      (await client.getLatestVersions(modelName, asked)).map((each) => `${each.currentStage} ${each.version}`).sort();
    expect(await stages('Staging', 'None')).toEqual(['None 4', 'Staging 2']);
    expect(await stages('Production')).toEqual([]);
    expect(await client.getLatestVersions(modelName)).toHaveLength(2);
  });

  it('moves an alias, and tells it of the model and of the version', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await version(subject);
    await client.setRegisteredModelAlias(modelName, 'champion', '1');
    await client.setRegisteredModelAlias(modelName, 'champion', '2');
    expect((await client.findRegisteredModel(modelName))?.aliases).toEqual({ champion: '2' });
    expect((await client.getModelVersion(modelName, '1')).aliases).toEqual([]);
    expect((await client.getModelVersion(modelName, '2')).aliases).toEqual(['champion']);
    await expect(client.setRegisteredModelAlias(modelName, 'champion', '9')).rejects.toMatchObject(notFound);
    await client.deleteRegisteredModelAlias(modelName, 'champion');
    await client.deleteRegisteredModelAlias(modelName, 'champion'); // again
    expect(await client.findModelVersionByAlias(modelName, 'champion')).toBeUndefined();
  });

  it('does not find what does not exist', async () => {
    const { client, modelName } = await start();
    await expect(client.renameRegisteredModel(modelName, `${modelName}-new`)).rejects.toMatchObject(notFound);
    await expect(client.updateRegisteredModel(modelName, 'a')).rejects.toMatchObject(notFound);
    await expect(client.deleteRegisteredModel(modelName)).rejects.toMatchObject(notFound);
    await expect(client.setRegisteredModelTag(modelName, 'a', 'b')).rejects.toMatchObject(notFound);
    await expect(client.getLatestVersions(modelName)).rejects.toMatchObject(notFound);
    await expect(client.createModelVersion({ name: modelName, source: 'runs:/a/model' })).rejects.toMatchObject(
      notFound,
    );
  });

  it('refuses over-long descriptions and tags', async () => {
    const { client, modelName } = await start();
    const description = 'x'.repeat(5001);
    await expect(client.createRegisteredModel({ name: modelName, description })).rejects.toMatchObject(tooLong);
    await client.createRegisteredModel({ name: modelName });
    await expect(client.setRegisteredModelTag(modelName, '', 'b')).rejects.toMatchObject(invalid);
    await expect(client.setRegisteredModelTag(modelName, 'a', 'x'.repeat(100_001))).rejects.toMatchObject(tooLong);
  });
}
