import { readFile } from 'node:fs/promises';
import { orIfMissing } from '../fs/missing-file.js';
import { corruptSpool } from './corrupt-spool.js';
import { replaceDurably } from './durable-file.js';

/** How much of a journal the store has. */
export interface SpoolState {
  readonly version: 1;
  /** The store that the run belongs to, without credentials. */
  readonly trackingUri: string;
  /** Milliseconds since 1970: runs are replayed in this order. */
  readonly createdTime: number;
  /** The run of the store, once it has it. */
  readonly runId?: string;
  readonly experimentId?: string;
  /** Number of the last operation that the store has, or has refused for good. */
  readonly done: number;
  /** Where that operation ends in the journal. */
  readonly offset: number;
  /** How many operations, or parts of them, the store has refused for good. */
  readonly rejected: number;
  /** Ids of the logged models that were made, by number of their operation. */
  readonly modelIds: Readonly<Record<string, string>>;
}

/** The state of a journal of which the store has nothing. */
export function newState(trackingUri: string, createdTime: number): SpoolState {
  return { version: 1, trackingUri, createdTime, done: 0, offset: 0, rejected: 0, modelIds: {} };
}

/**
 * `undefined` when there is none.
 *
 * @throws MlflowError MLFLOW_CORRUPT_SPOOL
 */
export async function readState(path: string): Promise<SpoolState | undefined> {
  const text = await orIfMissing(readFile(path, 'utf8'), undefined);
  if (text === undefined) return undefined;
  try {
    const state = JSON.parse(text) as SpoolState;
    if (isState(state)) return state;
  } catch {
    // told below
  }
  throw corruptSpool(path, 1, 'is no state of a journal');
}

function isState(state: Partial<SpoolState> | null): boolean {
  const numbers = [state?.done, state?.offset, state?.createdTime, state?.rejected];
  return typeof state?.trackingUri === 'string' && state.version === 1 && numbers.every(Number.isSafeInteger);
}

/** On the disk when it returns. */
export async function writeState(path: string, state: SpoolState): Promise<void> {
  await replaceDurably(path, `${JSON.stringify(state)}\n`);
}
