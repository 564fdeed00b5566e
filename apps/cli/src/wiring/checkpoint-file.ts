import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, TrainingError, type TrainingCheckpoint } from '@i-drill/training';
import type { CheckpointAccess } from '@i-drill/workflows';

/** A file that holds a training as it stood after its last complete epoch. */
export interface CheckpointFile extends CheckpointAccess {
  readonly path: string;
  /** When the training has become a version, its checkpoint is of no more use. */
  remove(): Promise<void>;
}

/**
 * Opens the checkpoint at a path: what it holds is where the training goes on; a file that does not exist is made after the
 * first epoch.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_CORRUPT` for a file that is not a whole checkpoint
 */
export async function openCheckpointFile(path: string): Promise<CheckpointFile> {
  const resumeFrom = await readCheckpoint(path);
  return {
    path,
    keep: (checkpoint) => replaceFile(path, encodeCheckpoint(checkpoint)),
    remove: () => rm(path, { force: true }),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
  };
}

async function readCheckpoint(path: string): Promise<TrainingCheckpoint | undefined> {
  try {
    return decodeCheckpoint(await readFile(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error instanceof TrainingError ? unusable(path, error) : error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function unusable(path: string, cause: TrainingError): TrainingError {
  const { problem } = cause.details;
  const reason = typeof problem === 'string' ? problem : cause.message;
  return new TrainingError(`Cannot go on from "${path}": ${reason}; delete the file to start anew`, {
    code: cause.code,
    details: { ...cause.details, path },
    cause,
  });
}

/** The new content is complete on the disk before it takes the place of the old: there is a whole checkpoint at any time. */
async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`; // one name: what a death leaves here, the next writing takes away
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
