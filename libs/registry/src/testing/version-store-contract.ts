import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelVersion } from '../model-version.js';
import type { VersionStore } from '../version-store.js';
import { registryRulesContract } from './registry-rules-contract.js';

/** What the suite needs to know about the store under test. */
export interface VersionStoreContractOptions {
  /** Start of the names of registered models. A store that outlives the run needs a new one per run. */
  readonly prefix?: string;
  readonly runId?: string;
  readonly source?: string;
}

/** The test's own registered model in the store under test. */
export interface ContractSubject {
  readonly store: VersionStore;
  readonly name: string;
  readonly runId: string;
  readonly source: string;
}

/**
 * What every `VersionStore` must do, as vitest suites: the store's own behaviour, then the registry's rules on top of it.
 * Each test uses a registered model of its own, so that `makeStore` may give the same store again.
 */
export function versionStoreContract(
  name: string,
  makeStore: () => VersionStore | Promise<VersionStore>,
  options: VersionStoreContractOptions = {},
): void {
  const { prefix = 'contract', runId = '0123456789abcdef0123456789abcdef' } = options;
  const source = options.source ?? `runs:/${runId}/model`;
  let subject: ContractSubject;
  let count = 0;

  describe(name, () => {
    beforeEach(async () => {
      count += 1;
      subject = { store: await makeStore(), name: `${prefix}-${count}`, runId, source };
    });

    describe('version store', () => {
      storeContract(() => subject);
    });
    describe('registry rules', () => {
      registryRulesContract(() => subject);
    });
  });
}

function storeContract(current: () => ContractSubject): void {
  numberingContract(current);
  tagContract(current);
  stageContract(current);
  aliasContract(current);
  notFoundContract(current);
}

async function createVersions({ store, name, runId, source }: ContractSubject, count: number): Promise<ModelVersion[]> {
  await store.ensureRegisteredModel(name);
  const made: ModelVersion[] = [];
  for (let i = 0; i < count; i++) made.push(await store.createModelVersion({ name, runId, source }));
  return made;
}

const numbers = (versions: readonly ModelVersion[]): string[] => versions.map((v) => v.version);

const stagesByVersion = (versions: readonly ModelVersion[]): Record<string, string> =>
  Object.fromEntries(versions.map((v) => [v.version, v.currentStage]));

function numberingContract(current: () => ContractSubject): void {
  it('numbers versions from 1 and lists them with the highest number first, 10 above 9', async () => {
    const subject = current();
    const made = await createVersions(subject, 11);
    expect(numbers(made)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
    const listed = await subject.store.listModelVersions(subject.name);
    expect(numbers(listed)).toEqual(numbers(made).reverse());
  });

  it('gives a new version back as it was handed in, in stage None', async () => {
    const { store, name, runId, source } = current();
    await store.ensureRegisteredModel(name);
    await store.createModelVersion({ name, runId, source, tags: { 'i_drill.a': 'b' }, description: 'first' });
    const version = await store.getModelVersion(name, '1');
    expect(version).toMatchObject({ name, version: '1', runId, source, description: 'first', status: 'READY' });
    expect(version).toMatchObject({ currentStage: 'None', tags: { 'i_drill.a': 'b' }, aliases: [] });
    expect(version.lastUpdatedTimestamp).toBeGreaterThanOrEqual(version.creationTimestamp);
  });

  it('keeps versions when the registered model is asked for again', async () => {
    const subject = current();
    await createVersions(subject, 2);
    await subject.store.ensureRegisteredModel(subject.name);
    expect(numbers(await subject.store.listModelVersions(subject.name))).toEqual(['2', '1']);
  });

  it('keeps the versions of one model apart from another whose name it begins', async () => {
    const subject = current();
    await createVersions(subject, 1);
    await createVersions({ ...subject, name: `${subject.name}-b` }, 2);
    expect(numbers(await subject.store.listModelVersions(subject.name))).toEqual(['1']);
  });
}

function tagContract(current: () => ContractSubject): void {
  it('sets a tag, replaces its value and leaves the others', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 2);
    await store.setModelVersionTag(name, '1', 'a', 'old');
    await store.setModelVersionTag(name, '1', 'b', 'kept');
    await store.setModelVersionTag(name, '1', 'a', 'new');
    expect((await store.getModelVersion(name, '1')).tags).toMatchObject({ a: 'new', b: 'kept' });
    expect((await store.getModelVersion(name, '2')).tags).not.toHaveProperty('a');
  });

  it.each([5001, 100_000])('keeps a tag of %i characters whole', async (length) => {
    const subject = current();
    const value = 'ä"\\\n'.repeat(length / 4 + 1).slice(0, length);
    await createVersions(subject, 1);
    await subject.store.setModelVersionTag(subject.name, '1', 'long', value);
    expect((await subject.store.getModelVersion(subject.name, '1')).tags['long']).toBe(value);
  });

  it('lists versions with their tags', async () => {
    const subject = current();
    await createVersions(subject, 1);
    await subject.store.setModelVersionTag(subject.name, '1', 'a', 'b');
    expect((await subject.store.listModelVersions(subject.name))[0]?.tags).toMatchObject({ a: 'b' });
  });
}

function stageContract(current: () => ContractSubject): void {
  it('archives the former version of the stage when asked to, and no other', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 3);
    await store.transitionModelVersionStage(name, '1', 'Production', true);
    await store.transitionModelVersionStage(name, '2', 'Staging', true);
    const moved = await store.transitionModelVersionStage(name, '3', 'Production', true);
    expect(moved).toMatchObject({ version: '3', currentStage: 'Production' });
    const stages = stagesByVersion(await store.listModelVersions(name));
    expect(stages).toEqual({ 1: 'Archived', 2: 'Staging', 3: 'Production' });
  });

  it('lets two versions share a stage when not asked to archive', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 2);
    await store.transitionModelVersionStage(name, '1', 'Staging', false);
    await store.transitionModelVersionStage(name, '2', 'Staging', false);
    expect(stagesByVersion(await store.listModelVersions(name))).toEqual({ 1: 'Staging', 2: 'Staging' });
  });

  it('leaves a version where it is when it is moved to its own stage', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 1);
    await store.transitionModelVersionStage(name, '1', 'Production', true);
    await store.transitionModelVersionStage(name, '1', 'Production', true);
    expect((await store.getModelVersion(name, '1')).currentStage).toBe('Production');
  });

  it.each(['Archived', 'None'] as const)('moves a version to %s', async (stage) => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 1);
    await store.transitionModelVersionStage(name, '1', 'Staging', false);
    await store.transitionModelVersionStage(name, '1', stage, false);
    expect((await store.getModelVersion(name, '1')).currentStage).toBe(stage);
  });
}

function aliasContract(current: () => ContractSubject): void {
  it('moves an alias from one version to another, in every listing', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 2);
    await store.setRegisteredModelAlias(name, 'production', '1');
    await store.setRegisteredModelAlias(name, 'production', '2');
    expect((await store.findModelVersionByAlias(name, 'production'))?.version).toBe('2');
    expect((await store.getModelVersion(name, '1')).aliases).toEqual([]);
    expect((await store.listModelVersions(name)).map((v) => v.aliases)).toEqual([['production'], []]);
  });

  it('gives one version several aliases', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 1);
    await store.setRegisteredModelAlias(name, 'production', '1');
    await store.setRegisteredModelAlias(name, 'staging', '1');
    const { aliases } = await store.getModelVersion(name, '1');
    expect([...aliases].sort()).toEqual(['production', 'staging']);
  });

  it('removes an alias, and again without complaint', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 1);
    await store.setRegisteredModelAlias(name, 'staging', '1');
    await store.deleteRegisteredModelAlias(name, 'staging');
    await store.deleteRegisteredModelAlias(name, 'staging');
    expect(await store.findModelVersionByAlias(name, 'staging')).toBeUndefined();
    expect((await store.getModelVersion(name, '1')).aliases).toEqual([]);
  });
}

function notFoundContract(current: () => ContractSubject): void {
  const notFound = { code: 'RESOURCE_DOES_NOT_EXIST' };

  it('answers an unknown name with no versions and no alias', async () => {
    const { store, name } = current();
    expect(await store.listModelVersions(name)).toEqual([]);
    expect(await store.findModelVersionByAlias(name, 'production')).toBeUndefined();
  });

  it('answers an alias that was never set with undefined', async () => {
    const subject = current();
    await createVersions(subject, 1);
    expect(await subject.store.findModelVersionByAlias(subject.name, 'production')).toBeUndefined();
  });

  it('refuses a version of a registered model that does not exist', async () => {
    const { store, name, runId, source } = current();
    await expect(store.createModelVersion({ name, runId, source })).rejects.toMatchObject(notFound);
  });

  it('refuses to read, tag, move or alias a version that does not exist', async () => {
    const subject = current();
    const { store, name } = subject;
    await createVersions(subject, 1);
    await expect(store.getModelVersion(name, '2')).rejects.toMatchObject(notFound);
    await expect(store.setModelVersionTag(name, '2', 'a', 'b')).rejects.toMatchObject(notFound);
    await expect(store.transitionModelVersionStage(name, '2', 'Staging', false)).rejects.toMatchObject(notFound);
    await expect(store.setRegisteredModelAlias(name, 'production', '2')).rejects.toMatchObject(notFound);
    expect(numbers(await store.listModelVersions(name))).toEqual(['1']);
  });
}
