import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactRepository } from '../api/artifacts.js';
import { localArtifacts } from './local-artifacts.js';

let folder: string;
let root: string;
let repository: ArtifactRepository;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-local-'));
  root = join(folder, 'artifacts');
  repository = localArtifacts(root);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
async function filesOf(path = ''): Promise<string[]> {
  const found = await repository.list(path);
  const inner = await Promise.all(found.map(async (each) => (each.isDirectory ? filesOf(each.path) : [each.path])));
  return inner.flat();
}

describe('uploadFolder()', () => {
  it('follows links to files and folders, but not in circles, and leaves out links to nothing', async () => {
    const source = join(folder, 'source');
    mkdirSync(join(source, 'a/b'), { recursive: true });
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(source, 'a/b/one.txt'), '1');
    writeFileSync(join(folder, 'elsewhere/two.txt'), '2');
    symlinkSync(join(folder, 'elsewhere'), join(source, 'linked'));
    symlinkSync(join(folder, 'elsewhere/two.txt'), join(source, 'a/file-link'));
    symlinkSync(source, join(source, 'a/b/circle'));
    symlinkSync(join(folder, 'nowhere'), join(source, 'dangling'));
    await repository.uploadFolder('', source);
    expect(await filesOf()).toEqual(['a/b/one.txt', 'a/file-link', 'linked/two.txt']);
    expect(text(await repository.download('linked/two.txt'))).toBe('2');
  });

  it('uploads nothing when one of the names cannot be used', async () => {
    const source = join(folder, 'source');
    mkdirSync(source);
    writeFileSync(join(source, 'a.txt'), '1');
    writeFileSync(join(source, 'b#.txt'), '2');
    await expect(repository.uploadFolder('x', source)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect(await filesOf()).toEqual([]);
  });

  it('refuses a folder that is not there, and a file', async () => {
    await expect(repository.uploadFolder('x', join(folder, 'absent'))).rejects.toThrow('there is no such folder');
    writeFileSync(join(folder, 'file'), '');
    await expect(repository.uploadFolder('x', join(folder, 'file'))).rejects.toThrow('it is not a folder');
  });
});

describe('an upload', () => {
  it('that fails leaves nothing behind, and what was there as it was', async () => {
    await repository.upload('a.txt', 'old');
    const source = join(folder, 'absent');
    await expect(repository.uploadFile('a.txt', source)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    mkdirSync(join(root, 'taken'));
    await expect(repository.upload('taken', 'text')).rejects.toThrow();
    expect(readdirSync(root).sort()).toEqual(['a.txt', 'taken']);
    expect(text(await repository.download('a.txt'))).toBe('old');
  });

  it('that is not finished is not listed', async () => {
    mkdirSync(root);
    writeFileSync(join(root, '.01234567-89ab-4cde-8f01-23456789abcd.tmp'), 'half');
    writeFileSync(join(root, '.mine.tmp'), 'whole');
    expect(await filesOf()).toEqual(['.mine.tmp']);
  });
});

describe('what is not there', () => {
  it('is RESOURCE_DOES_NOT_EXIST, however it is fetched, and a folder is the same', async () => {
    await repository.upload('folder/a.txt', '');
    const absent = { name: 'MlflowError', code: 'RESOURCE_DOES_NOT_EXIST' };
    for (const path of ['absent', 'folder', 'folder/a.txt/b']) {
      await expect(repository.download(path)).rejects.toMatchObject(absent);
      await expect(repository.stream(path)[Symbol.asyncIterator]().next()).rejects.toMatchObject(absent);
      await expect(repository.downloadFile(path, join(folder, 'out'))).rejects.toMatchObject(absent);
    }
  });

  it('can be deleted', async () => {
    await repository.delete('absent');
    expect(await repository.list('absent')).toEqual([]);
  });
});

describe('downloadFile()', () => {
  it('copies the file with its digest, and leaves no part', async () => {
    const content = Buffer.alloc(300_000, 'drill');
    await repository.upload('a.bin', content);
    const target = join(folder, 'out/a.bin');
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await repository.downloadFile('a.bin', target, { sha256 })).toEqual({
      sizeBytes: 300_000,
      sha256,
      resumedBytes: 0,
    });
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(readdirSync(join(folder, 'out'))).toEqual(['a.bin']);
  });
});
