import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failingDisk } from '../../testing/failing-disk.js';
import { nodeDisk, type Disk } from './disk.js';
import { createStoreFiles, isTemporary } from './store-files.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-files-'));
  file = join(folder, 'a/b/file');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const files = createStoreFiles({ fsync: false });

function content(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The disk of this machine, noting what is synced, relative to the folder; a temporary file as `<temporary>`. */
function watchedDisk(): Disk & { readonly synced: string[] } {
  const synced: string[] = [];
  const sync = async (path: string): Promise<void> => {
    const name = path.slice(folder.length + 1);
    synced.push(isTemporary(name.split('/').at(-1) ?? '') ? '<temporary>' : name);
    await nodeDisk.sync(path);
  };
  return { ...nodeDisk, sync, synced };
}

describe('replace()', () => {
  it('makes a file with its folders, and gives it other content', async () => {
    await files.replace(file, 'old');
    await files.replace(file, 'new');
    expect(content(file)).toBe('new');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['file']);
  });

  it.each(['before', 'middle'] as const)('leaves the old content when the process dies %s any step', async (mode) => {
    await files.replace(file, 'old');
    for (const point of [1, 2]) {
      const dying = createStoreFiles({ fsync: false, disk: failingDisk({ point, mode }) });
      await expect(dying.replace(file, 'new')).rejects.toThrow('dead');
      expect(content(file)).toBe('old');
    }
  });

  it('removes the temporary file when the name is that of a folder', async () => {
    mkdirSync(file, { recursive: true });
    await expect(files.replace(file, 'x')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['file']);
  });
});

describe('create()', () => {
  it('makes a file once', async () => {
    expect(await files.create(file, 'first')).toBe(true);
    expect(await files.create(file, 'second')).toBe(false);
    expect(content(file)).toBe('first');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['file']);
  });

  it('never leaves a part of the file under its name', async () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    for (const point of [1, 2]) {
      const dying = createStoreFiles({ fsync: false, disk: failingDisk({ point, mode: 'middle' }) });
      await expect(dying.create(file, 'content')).rejects.toThrow('dead');
      expect(existsSync(file)).toBe(false);
    }
  });
});

describe('append()', () => {
  it('makes a file with its folders, and adds to it', async () => {
    await files.append(file, '1\n');
    await files.append(file, '2\n3\n');
    expect(content(file)).toBe('1\n2\n3\n');
  });

  it('removes an end that a crash has torn off before it adds', async () => {
    await files.append(file, '1\n');
    const dying = createStoreFiles({ fsync: false, disk: failingDisk({ point: 1, mode: 'middle' }) });
    await expect(dying.append(file, '1234\n')).rejects.toThrow('dead');
    expect(content(file)).toBe('1\n123');
    await files.append(file, '2\n');
    expect(content(file)).toBe('1\n2\n');
  });
});

describe('remove()', () => {
  it('removes a file, a folder, and what is not there', async () => {
    await files.replace(file, 'x');
    await files.remove(file);
    expect(readdirSync(join(folder, 'a/b'))).toEqual([]);
    await files.replace(file, 'x');
    await files.remove(join(folder, 'a'));
    expect(readdirSync(folder)).toEqual([]);
    await files.remove(join(folder, 'a/b'));
  });

  it('takes a folder out of sight at once, whenever the process dies', async () => {
    writeFileSync(join(folder, 'other'), '');
    await files.replace(file, 'x');
    await files.replace(`${file}2`, 'x');
    const dying = createStoreFiles({ fsync: false, disk: failingDisk({ point: 2, mode: 'middle' }) });
    await expect(dying.remove(join(folder, 'a'))).rejects.toThrow('dead');
    expect(readdirSync(folder).filter((name) => !isTemporary(name))).toEqual(['other']);
  });
});

describe('settled()', () => {
  it('syncs each touched file and folder once, a replaced file before it gets its name', async () => {
    const disk = watchedDisk();
    const durable = createStoreFiles({ disk });
    for (const name of ['p1', 'p2']) await durable.replace(join(folder, 'params', name), 'x', folder);
    for (const line of ['1\n', '2\n']) await durable.append(join(folder, 'metrics/m'), line);
    expect(disk.synced).toEqual(['<temporary>', '<temporary>']);
    await durable.settled();
    expect(disk.synced.slice(2).sort()).toEqual(['', 'metrics', 'metrics/m', 'params']);
    await durable.settled();
    expect(disk.synced).toHaveLength(6);
  });

  it('shares one round of syncs among those who wait', async () => {
    const disk = watchedDisk();
    const durable = createStoreFiles({ disk });
    const calls = ['1\n', '2\n', '3\n'].map(async (line) => {
      await durable.append(file, line);
      await durable.settled();
    });
    await Promise.all(calls);
    expect(disk.synced.filter((name) => name === 'a/b/file')).toHaveLength(1);
  });

  it('fails when a sync fails, and syncs the same again for the next who waits', async () => {
    let isBroken = true;
    const synced: string[] = [];
    const sync = (path: string): Promise<void> => {
      if (isBroken) return Promise.reject(new Error('no space'));
      synced.push(path);
      return Promise.resolve();
    };
    const durable = createStoreFiles({ disk: { ...nodeDisk, sync } });
    await durable.append(file, '1\n');
    await expect(durable.settled()).rejects.toThrow('no space');
    isBroken = false;
    await durable.settled();
    expect(synced).toContain(file);
  });

  it('syncs nothing when fsync is off', async () => {
    const disk = watchedDisk();
    const quick = createStoreFiles({ disk, fsync: false });
    await quick.replace(file, 'x');
    await quick.append(join(folder, 'm'), '1\n');
    await quick.settled();
    expect(disk.synced).toEqual([]);
  });
});
