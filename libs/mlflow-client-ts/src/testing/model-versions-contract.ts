import { expect, it } from 'vitest';
import type { ModelVersion } from '../index.js';
import { invalid, isOlderThan, notFound, tooLong, type Start, type Subject } from './subject.js';

/** Registers the next version of the model of the test, of a new run. */
export async function version({ client, experimentId, modelName }: Subject, tags = {}): Promise<ModelVersion> {
  const { runId } = await client.createRun({ experimentId });
  await client.ensureRegisteredModel(modelName);
  return client.createModelVersion({ name: modelName, source: `runs:/${runId}/model`, runId, tags });
}

const otherRun = 'f'.repeat(32);

/** What every store does with model versions. */
export function modelVersionsContract(start: Start): void {
  it('keeps a registered model with its aliases', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    expect(await client.findRegisteredModel(modelName)).toBeUndefined();
    await version(subject);
    await client.ensureRegisteredModel(modelName); // again
    await client.setRegisteredModelAlias(modelName, 'staging', '1');
    expect(await client.findRegisteredModel(modelName)).toMatchObject({
      name: modelName,
      description: '',
      tags: {},
      aliases: { staging: '1' },
    });
  });

  it('numbers versions that are created at once without a gap or a repetition', async () => {
    const subject = await start();
    await version(subject);
    await Promise.all([version(subject), version(subject), version(subject)]);
    const versions = await subject.client.listModelVersions(subject.modelName);
    expect(versions.map((each) => each.version)).toEqual(['4', '3', '2', '1']);
  });

  it('joins aliases into what a search finds', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject, { digest: 'abc' });
    await version(subject);
    await client.setRegisteredModelAlias(modelName, 'staging', '1');
    await client.setRegisteredModelAlias(modelName, 'production', '1');
    const found = await client.listModelVersions(modelName);
    expect(found.map(({ aliases }) => aliases)).toEqual([[], ['production', 'staging']]);
    expect(found[1]).toEqual(await client.getModelVersion(modelName, '1'));
    expect(await client.findModelVersionByAlias(modelName, 'production')).toEqual(found[1]);
  });

  it.each(['latest', 'Latest', 'v1', 'V22', '', 'a b', 'a/b'])('refuses the alias %j', async (alias) => {
    const subject = await start();
    await version(subject);
    const { client, modelName } = subject;
    await expect(client.setRegisteredModelAlias(modelName, alias, '1')).rejects.toMatchObject(invalid);
    await expect(client.findModelVersionByAlias(modelName, alias)).rejects.toMatchObject(invalid);
  });

  it.each(['', 'a/b', 'a:b', '..', '.hidden', `both ' and "`])('refuses the model name %j', async (name) => {
    const { client } = await start();
    await expect(client.ensureRegisteredModel(name)).rejects.toMatchObject(invalid);
  });

  it('finds the versions of a model with a quote in its name', async () => {
    const subject = await start();
    const quoted = { ...subject, modelName: `${subject.modelName} driller's` };
    await version(quoted);
    expect(await subject.client.listModelVersions(quoted.modelName)).toHaveLength(1);
  });

  it('refuses versions that are no whole numbers and stages that do not exist', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await expect(client.getModelVersion(modelName, 'latest')).rejects.toMatchObject(invalid);
    const stage = 'Canary' as 'Staging';
    await expect(client.transitionModelVersionStage(modelName, '1', stage, false)).rejects.toMatchObject(invalid);
    await expect(client.transitionModelVersionStage(modelName, '1', 'Archived', true)).rejects.toMatchObject(invalid);
    expect((await client.getModelVersion(modelName, '1')).currentStage).toBe('None');
  });

  it('archives nothing when the version to be moved does not exist', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await client.transitionModelVersionStage(modelName, '1', 'Production', true);
    await expect(client.transitionModelVersionStage(modelName, '9', 'Production', true)).rejects.toMatchObject(
      notFound,
    );
    expect((await client.getModelVersion(modelName, '1')).currentStage).toBe('Production');
  });

  it('does not find aliases, tags and versions of an unknown model', async () => {
    const { client, modelName } = await start();
    await expect(client.getModelVersion(modelName, '1')).rejects.toMatchObject(notFound);
    await expect(client.setModelVersionTag(modelName, '1', 'a', 'b')).rejects.toMatchObject(notFound);
    await expect(client.setRegisteredModelAlias(modelName, 'a', '1')).rejects.toMatchObject(notFound);
    await expect(client.deleteRegisteredModelAlias(modelName, 'a')).rejects.toMatchObject(notFound);
  });

  it('refuses over-long tags of a version', async () => {
    const subject = await start();
    await version(subject);
    const { client, modelName } = subject;
    const long = 'x'.repeat(100_001);
    await expect(client.setModelVersionTag(modelName, '1', 'a', long)).rejects.toMatchObject(tooLong);
  });

  it('keeps description, tags and source of a version', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject, { digest: 'abc', state: 'new' });
    expect(await client.updateModelVersion(modelName, '1', 'drills "well": #1')).toMatchObject({
      version: '1',
      description: 'drills "well": #1',
    });
    await client.deleteModelVersionTag(modelName, '1', 'state');
    await client.deleteModelVersionTag(modelName, '1', 'state'); // again
    const kept = await client.getModelVersion(modelName, '1');
    expect(kept).toMatchObject({ description: 'drills "well": #1', status: 'READY', currentStage: 'None' });
    expect(kept.tags).toMatchObject({ digest: 'abc' });
    expect(kept.tags).not.toHaveProperty('state');
    expect(kept.source).toMatch(/^runs:\/[0-9a-f]{32}\/model$/);
  });

  it('takes the run of a version from its source when none is named', async () => {
    const { client, experimentId, modelName } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.createRegisteredModel({ name: modelName });
    const made = await client.createModelVersion({ name: modelName, source: `runs:/${runId}/model` });
    expect(made.runId).toBe(runId);
  });

  it('tells where the files of a version are', async () => {
    const subject = await start();
    await version(subject);
    expect(await subject.client.getModelVersionDownloadUri(subject.modelName, '1')).toMatch(/\/artifacts\/model$/);
  });

  it('deletes a version with its aliases, and never gives its number again', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    await version(subject);
    await version(subject);
    await client.setRegisteredModelAlias(modelName, 'champion', '2');
    await client.deleteModelVersion(modelName, '2');
    await expect(client.getModelVersion(modelName, '2')).rejects.toMatchObject(notFound);
    await expect(client.deleteModelVersion(modelName, '2')).rejects.toMatchObject(notFound);
    expect(await client.findModelVersionByAlias(modelName, 'champion')).toBeUndefined();
    expect((await client.findRegisteredModel(modelName))?.aliases).toEqual({});
    expect((await version(subject)).version).toBe('3');
  });

  it('finds versions of any model by name, number, run and tag, with their aliases', async () => {
    const subject = await start();
    const { client, modelName } = subject;
    const first = await version(subject, { digest: 'abc' });
    await version(subject, { digest: 'def' });
    await version({ ...subject, modelName: `${modelName}-other` }, { digest: 'abc' });
    await client.setRegisteredModelAlias(modelName, 'champion', '1');
    const found = async (filter: string): Promise<string[]> =>
      (await client.searchModelVersions({ filter, orderBy: ['name ASC', 'version_number ASC'] }).all()).map(
        (each) => `${each.name.slice(modelName.length)}${each.version}${each.aliases.join('')}`,
      );
    expect(await found(`name = '${modelName}'`)).toEqual(['1champion', '2']);
    expect(await found(`name LIKE '${modelName}%'`)).toEqual(['1champion', '2', '-other1']);
    expect(await found(`name = '${modelName}' AND version_number > 1`)).toEqual(['2']);
    expect(await found(`run_id = '${first.runId}'`)).toEqual(['1champion']);
    expect(await found(`run_id IN ('${first.runId}', '${otherRun}')`)).toEqual(['1champion']);
    expect(await found(`name LIKE '${modelName}%' AND tags.digest = 'abc'`)).toEqual(['1champion', '-other1']);
    const sorted = client.searchModelVersions({ filter: `name = '${modelName}'`, orderBy: ['version_number DESC'] });
    expect((await sorted.all()).map((each) => each.version)).toEqual(['2', '1']);
  });

  it.each(["current_stage = 'None'", "alias = 'a'", 'name > 5', "name = 'a' OR name = 'b'"])(
    'refuses the filter %s',
    async (filter) => {
      const { client } = await start();
      await expect(client.searchModelVersions({ filter }).all()).rejects.toMatchObject(invalid);
    },
  );

  it('refuses to compare a number with a text, from MLflow 3 on', async () => {
    const { client } = await start();
    const refuses = !(await isOlderThan(client, 3, 0));
    const found = client.searchModelVersions({ filter: "version_number = 'a'" }).all();
    if (refuses) await expect(found).rejects.toMatchObject(invalid);
    else expect(await found).toEqual([]);
  });
}
