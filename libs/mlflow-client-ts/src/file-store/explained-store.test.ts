import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeDisk, type Disk } from '../fs/disk.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import { createFileStore } from './file-store.js';

const long = '中'.repeat(100); // 300 bytes
const point = { value: 1, timestamp: 1, step: 0 };
const tooLong = { name: 'MlflowError', code: 'MLFLOW_VALUE_TOO_LONG' };
const invalid = { name: 'MlflowError', code: 'INVALID_PARAMETER_VALUE' };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mlflow-explained-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function open(disk: Partial<Disk> = {}, folder = root): StoreMethods {
  return createFileStore({ root: folder, trackingUri: `file:${folder}`, fsync: false, disk: { ...nodeDisk, ...disk } });
}

async function storeWithRun(): Promise<{ store: StoreMethods; runId: string }> {
  const store = open();
  const experimentId = await store.createExperiment({ name: 'a' });
  return { store, runId: (await store.createRun({ experimentId })).runId };
}

function failure(code: string, path?: string): Error {
  return Object.assign(new Error(`${code}: the disk says no`), { code, syscall: 'open', ...(path && { path }) });
}

describe('a name that is too long for the file system', () => {
  it('is refused, and nothing of the batch is written', async () => {
    const { store, runId } = await storeWithRun();
    for (const batch of [
      { params: { a: '1' }, metrics: [{ key: long, ...point }] },
      { params: { a: '1', [long]: '1' } },
      { params: { a: '1' }, tags: { [`x/${long}/y`]: '1' } },
    ]) {
      await expect(store.logBatch(runId, batch)).rejects.toMatchObject(tooLong);
    }
    expect((await store.getRun(runId)).params).toEqual({});
  });

  it('is refused for a model, and leaves nothing behind', async () => {
    const { store } = await storeWithRun();
    await expect(store.createRegisteredModel({ name: long })).rejects.toMatchObject(tooLong);
    expect(readdirSync(join(root, '0'))).toEqual(['meta.yaml']);
  });

  it('is that of nothing when it is looked for', async () => {
    const { store, runId } = await storeWithRun();
    expect(await store.findRegisteredModel(long)).toBeUndefined();
    expect(await store.getMetricHistory(runId, long)).toEqual([]);
    await expect(store.deleteTag(runId, long)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await expect(store.getRun('a'.repeat(256))).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});

describe('a name that cannot be that of a file', () => {
  it('is refused with the code of a wrong argument', async () => {
    const { store, runId } = await storeWithRun();
    await store.uploadArtifact(runId, 'f', 'x');
    await store.uploadArtifact(runId, 'd/f', 'x');
    await expect(store.uploadArtifact(runId, 'f/g', 'x')).rejects.toMatchObject(invalid);
    const uploaded = store.artifacts({ runId }).uploadFile('f/g', import.meta.filename);
    await expect(uploaded).rejects.toMatchObject({
      ...invalid,
      details: { path: expect.stringContaining('artifacts/f/') as string },
    });
    await expect(store.artifacts({ runId }).upload('d', 'x')).rejects.toMatchObject(invalid);
    await expect(store.createRegisteredModel({ name: 'a\0b' })).rejects.toMatchObject(invalid);
    expect(new TextDecoder().decode(await store.downloadArtifact(runId, 'f'))).toBe('x');
  });
});

describe('a disk that fails', () => {
  it('is a store that cannot be used just now, when it is full', async () => {
    const { runId } = await storeWithRun();
    const cause = failure('ENOSPC');
    const full = open({ write: () => Promise.reject(cause), append: () => Promise.reject(cause) });
    const refused = { name: 'MlflowError', code: 'MLFLOW_UNREACHABLE', details: { fault: 'ENOSPC' }, cause };
    await expect(full.logMetric(runId, { key: 'a', ...point })).rejects.toMatchObject(refused);
    await expect(full.setTag(runId, 'a', 'b')).rejects.toMatchObject(refused);
    expect((await full.getRun(runId)).runId).toBe(runId);
  });

  it('is a matter of permissions, when it is read-only or somebody else’s', async () => {
    const { runId } = await storeWithRun();
    for (const fault of ['EROFS', 'EACCES']) {
      const store = open({ write: (path) => Promise.reject(failure(fault, path)) });
      await expect(store.setTag(runId, 'a', 'b')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
      await expect(store.setTag(runId, 'a', 'b')).rejects.toThrow(`Cannot setTag: ${fault} at "${root}/.lock-`);
    }
  });

  it('is no explanation for what is not of the disk', async () => {
    const bug = new TypeError('a bug');
    await expect(open({ makeFolder: () => Promise.reject(bug) }).createExperiment({ name: 'a' })).rejects.toBe(bug);
  });
});

describe('a store that is a file', () => {
  it('is told apart from an empty one, in reading as in writing', async () => {
    const file = join(root, 'file');
    writeFileSync(file, 'x');
    const invalidUri = { code: 'MLFLOW_INVALID_URI' };
    await expect(open({}, file).searchExperiments().page()).rejects.toMatchObject(invalidUri);
    await expect(open({}, file).createExperiment({ name: 'a' })).rejects.toMatchObject(invalidUri);
    await expect(open({}, join(file, 'below')).createExperiment({ name: 'a' })).rejects.toMatchObject(invalid);
  });

  it('is none where nothing is yet, or the folder was made since', async () => {
    const folder = join(root, 'absent');
    const store = open({}, folder);
    expect(await store.searchExperiments().all()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    expect(await store.searchExperiments().all()).toEqual([]);
  });
});
