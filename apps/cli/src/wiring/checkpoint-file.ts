import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, TrainingError, type TrainingCheckpoint } from '@i-drill/training';
import { decodeAgentCheckpoint, encodeAgentCheckpoint, type AgentCheckpoint } from '@i-drill/training/agents';

/** A file that holds a training as it stood when it was last kept. */
export interface CheckpointFile<Checkpoint = TrainingCheckpoint> {
  readonly path: string;
  readonly keep: (checkpoint: Checkpoint) => Promise<void>;
  readonly resumeFrom?: Checkpoint;
  /** When the training has become a version, its checkpoint is of no more use. */
  remove(): Promise<void>;
}

/**
 * Opens the checkpoint at a path: what it holds is where the training goes on; a file that does not exist is made after the
 * first epoch.
 *
 * @throws TrainingError `TRAINING_CHECKPOINT_CORRUPT` for a file that is not a whole checkpoint
 */
export function openCheckpointFile(path: string): Promise<CheckpointFile> {
  return openFile(path, { encode: encodeCheckpoint, decode: decodeCheckpoint });
}

/** The same of an agent, whose training is kept after every evaluation. */
export function openAgentCheckpointFile(path: string): Promise<CheckpointFile<AgentCheckpoint>> {
  return openFile(path, { encode: encodeAgentCheckpoint, decode: decodeAgentCheckpoint });
}

/** A checkpoint as bytes, and back. */
interface CheckpointFormat<Checkpoint> {
  readonly encode: (checkpoint: Checkpoint) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Checkpoint;
}

async function openFile<Checkpoint>(
  path: string,
  { encode, decode }: CheckpointFormat<Checkpoint>,
): Promise<CheckpointFile<Checkpoint>> {
  const resumeFrom = await readCheckpoint(path, decode);
  return {
    path,
    keep: (checkpoint) => replaceFile(path, encode(checkpoint)),
    remove: () => rm(path, { force: true }),
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
  };
}

async function readCheckpoint<Checkpoint>(
  path: string,
  decode: CheckpointFormat<Checkpoint>['decode'],
): Promise<Checkpoint | undefined> {
  try {
    return decode(await readFile(path));
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
