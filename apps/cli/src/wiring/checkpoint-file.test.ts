import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainingCheckpoint } from '@i-drill/training';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpointFile } from './checkpoint-file.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function checkpointAfter(epoch: number): TrainingCheckpoint {
  const weights = [{ name: 'head.bias', shape: [2], values: Float32Array.of(0.1, epoch) }];
  return { epoch, weights } as unknown as TrainingCheckpoint;
}

describe('openCheckpointFile()', () => {
  it('starts without a checkpoint where there is no file, and makes the folder it lies in', async () => {
    const path = join(folder, 'runs', 'bit.checkpoint');
    const file = await openCheckpointFile(path);
    expect(file.resumeFrom).toBeUndefined();
    await file.keep(checkpointAfter(1));
    expect((await openCheckpointFile(path)).resumeFrom).toEqual(checkpointAfter(1));
  });

  it('holds the last one that was kept, and leaves no other file behind', async () => {
    const path = join(folder, 'bit.checkpoint');
    const file = await openCheckpointFile(path);
    for (const epoch of [1, 2, 3]) await file.keep(checkpointAfter(epoch));
    expect((await openCheckpointFile(path)).resumeFrom).toEqual(checkpointAfter(3));
    expect(await readdir(folder)).toEqual(['bit.checkpoint']);
    await file.remove();
    await file.remove();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes away what a death in the middle of a writing has left', async () => {
    const path = join(folder, 'bit.checkpoint');
    await writeFile(`${path}.tmp`, 'half a checkpoint');
    const file = await openCheckpointFile(path);
    expect(file.resumeFrom).toBeUndefined();
    await file.keep(checkpointAfter(1));
    expect(await readdir(folder)).toEqual(['bit.checkpoint']);
    expect((await openCheckpointFile(path)).resumeFrom).toEqual(checkpointAfter(1));
  });

  it('keeps the former checkpoint when the new one cannot be written', async () => {
    const path = join(folder, 'bit.checkpoint');
    const file = await openCheckpointFile(path);
    await file.keep(checkpointAfter(1));
    await mkdir(`${path}.tmp`); // a folder where the new file is to be written
    await expect(Promise.resolve(file.keep(checkpointAfter(2)))).rejects.toMatchObject({ code: 'EISDIR' });
    expect((await openCheckpointFile(path)).resumeFrom).toEqual(checkpointAfter(1));
  });

  it.each([
    ['is empty', '', 'it has only 0 bytes'],
    ['is something else', 'not a checkpoint, but long enough', 'it does not begin as a checkpoint does'],
  ])('names a file that %s, with what to do', async (_, content, problem) => {
    const path = join(folder, 'bit.checkpoint');
    await writeFile(path, content);
    await expect(openCheckpointFile(path)).rejects.toMatchObject({
      code: 'TRAINING_CHECKPOINT_CORRUPT',
      message: `Cannot go on from "${path}": ${problem}; delete the file to start anew`,
      details: { path },
    });
  });

  it('passes on what the operating system refuses', async () => {
    await expect(openCheckpointFile(folder)).rejects.toMatchObject({ code: 'EISDIR', syscall: 'read' });
  });
});
