import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';

const folder = temporaryStore();
const invalid = { code: 'INVALID_PARAMETER_VALUE' };
const taken = { code: 'RESOURCE_ALREADY_EXISTS' };

describe('registered models of a file store', () => {
  it('are made with their tags, and leave nothing else behind', async () => {
    const { store, root } = folder();
    const made = await store.createRegisteredModel({ name: 'm', description: 'd', tags: { 'a/b': 'c' } });
    expect(await store.findRegisteredModel('m')).toEqual(made);
    expect(readdirSync(join(root, 'models'))).toEqual(['m']);
    expect(readdirSync(join(root, '0'))).toEqual(['meta.yaml']);
  });

  it('remove what a crash has left of one that was made or deleted, and nothing of others', async () => {
    const { store, root } = folder();
    await store.createRegisteredModel({ name: 'm' });
    const unfinished = (i: number): string => `.00000000-0000-0000-0000-00000000000${i}.tmp`;
    mkdirSync(join(root, '0', unfinished(1), 'content', 'tags'), { recursive: true });
    mkdirSync(join(root, '0', unfinished(2)));
    mkdirSync(join(root, '0', unfinished(3), 'metrics'), { recursive: true });
    writeFileSync(join(root, '0', unfinished(4)), 'value of a tag');
    await store.deleteRegisteredModel('m');
    expect(readdirSync(join(root, '0'))).toEqual([unfinished(3), unfinished(4), 'meta.yaml']);
  });

  it('carry their new name into the descriptions that MLflow reads', async () => {
    const { store, root } = folder();
    await store.createRegisteredModel({ name: 'old' });
    await store.createModelVersion({ name: 'old', source: 'runs:/a/model' });
    await store.renameRegisteredModel('old', 'new');
    expect(readdirSync(join(root, 'models'))).toEqual(['new']);
    for (const path of ['new/meta.yaml', 'new/version-1/meta.yaml']) {
      expect(readFileSync(join(root, 'models', path), 'utf8')).toContain('"name": "new"');
    }
  });

  it('have the name of their folder after a crash while they were renamed; the next change completes it', async () => {
    const { store, root } = folder();
    await store.createRegisteredModel({ name: 'old' });
    await store.createModelVersion({ name: 'old', source: 'runs:/a/model' });
    await store.setRegisteredModelAlias('old', 'champion', '1');
    renameSync(join(root, 'models/old'), join(root, 'models/new')); // as after its first step
    expect(await store.findRegisteredModel('old')).toBeUndefined();
    expect(await store.findModelVersionByAlias('new', 'champion')).toMatchObject({ name: 'new', version: '1' });
    await store.setRegisteredModelTag('new', 'a', 'b');
    expect(readFileSync(join(root, 'models/new/version-1/meta.yaml'), 'utf8')).toContain('"name": "new"');
    expect(readFileSync(join(root, 'models/new/meta.yaml'), 'utf8')).toContain('"name": "new"');
  });

  it('are not renamed to a name that is taken or cannot be kept', async () => {
    const { store } = folder();
    await store.createRegisteredModel({ name: 'a' });
    await store.createRegisteredModel({ name: 'b' });
    await expect(store.renameRegisteredModel('a', 'b')).rejects.toMatchObject(taken);
    await expect(store.renameRegisteredModel('a', 'a%b')).rejects.toMatchObject(invalid);
    expect((await store.renameRegisteredModel('a', 'a')).name).toBe('a');
  });

  it('take the place of a folder without a description', async () => {
    const { store, root } = folder();
    await store.ensureExperiment('a');
    mkdirSync(join(root, 'models/m/tags'), { recursive: true });
    expect(await store.findRegisteredModel('m')).toBeUndefined();
    expect((await store.createRegisteredModel({ name: 'm' })).name).toBe('m');
  });

  it('disappear with everything below them', async () => {
    const { store, root } = folder();
    await store.createRegisteredModel({ name: 'm' });
    await store.createModelVersion({ name: 'm', source: 'runs:/a/model' });
    await store.deleteRegisteredModel('m');
    expect(readdirSync(join(root, 'models'))).toEqual([]);
    expect(readdirSync(join(root, '0'))).toEqual(['meta.yaml']);
    expect(await store.searchModelVersions().all()).toEqual([]);
  });

  it('are one when many ask for one at once', async () => {
    const { store, reopen } = folder();
    const other = reopen();
    await Promise.all([store, other, store, other].map((each) => each.ensureRegisteredModel('m')));
    const found = await store.searchRegisteredModels().all();
    expect(found.map(({ name }) => name)).toEqual(['m']);
  });
});
