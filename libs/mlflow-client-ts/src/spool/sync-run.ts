import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MlflowClient } from '../api/mlflow-client.js';
import { isUnavailable } from '../error-guards.js';
import { isMlflowError } from '../errors.js';
import { orIfMissing } from '../fs/missing-file.js';
import { corruptSpool } from './corrupt-spool.js';
import { repairJournal } from './journal-reader.js';
import { waitsForOtherRun } from './offline-ids.js';
import { takeOwnership } from './owner.js';
import { isServerFault, readRejected, type RejectedOperation } from './refusals.js';
import { removeSpool } from './remove-spool.js';
import { createReplay, type Replay, type ReplayStep } from './replay.js';
import { storeIdentity, type SpoolPaths } from './spool-folder.js';
import { readState } from './state.js';

// A server that fails on one call gets more tries than one that is away: after them that call counts as refused.
const tries = { away: 3, atFault: 6 } as const;
const firstWaitMs = 300;

/**
 * How a spooled run stands: `complete` when the store has all of it; `waiting` for a store that cannot be used or does not take the run; `live`
 * when another process ships it, or one of another machine did so less than 15 minutes ago; `otherStore` when it belongs elsewhere; `corrupt` when its files cannot be understood.
 */
export type SyncedRunStatus = 'complete' | 'waiting' | 'live' | 'otherStore' | 'corrupt';

/** What became of one spooled run. */
export interface SyncedRun {
  readonly status: SyncedRunStatus;
  readonly folder: string;
  /** The store it belongs to, when that is known. */
  readonly trackingUri?: string;
  /** The run of the store, once it has it. */
  readonly runId?: string;
  /** Operations that were brought to the store now. */
  readonly shipped: number;
  /** What the store refused for good, now or earlier; it stays in `rejected.jsonl`. */
  readonly rejected: readonly RejectedOperation[];
  /** Operations that the store does not have yet; 0 when they were not counted. */
  readonly remaining: number;
  /** Why it is `waiting` or `corrupt`. */
  readonly error?: Error;
}

/** How runs are replayed. */
export interface SyncRunOptions {
  readonly root: string;
  readonly onProgress: ((run: SyncedRun) => void) | undefined;
  /** Why it is of no use to ask the store: then what waits is only counted. */
  readonly away: Error | undefined;
}

/** Replays one run; `undefined` when there is nothing of it. */
export async function syncRun(
  client: MlflowClient,
  paths: SpoolPaths,
  options: SyncRunOptions,
): Promise<SyncedRun | undefined> {
  const unsynced = { folder: paths.folder, shipped: 0, rejected: [], remaining: 0 };
  try {
    const state = await readState(paths.state);
    if (state === undefined) {
      await withoutState(paths);
      return undefined;
    }
    const { trackingUri } = state;
    if (trackingUri !== storeIdentity(client.trackingUri)) return { ...unsynced, status: 'otherStore', trackingUri };
    const ownership = await orIfMissing(takeOwnership(paths.lock), 'gone' as const);
    if (ownership === 'gone') return undefined;
    if (ownership === undefined) return { ...unsynced, status: 'live', trackingUri };
    try {
      return await syncOwned(client, paths, options);
    } finally {
      await ownership.release();
    }
  } catch (error) {
    if (isMlflowError(error, 'MLFLOW_CORRUPT_SPOOL')) return { ...unsynced, status: 'corrupt', error };
    throw error;
  }
}

/** A process that ends while it makes the folder leaves an empty one. */
async function withoutState(paths: SpoolPaths): Promise<void> {
  if (existsSync(paths.journal)) throw corruptSpool(paths.state, 1, 'is missing');
  const ownership = await orIfMissing(takeOwnership(paths.lock), undefined);
  if (ownership === undefined) return;
  if (!existsSync(paths.state)) await removeSpool(paths.folder);
  await ownership.release();
}

async function syncOwned(
  client: MlflowClient,
  paths: SpoolPaths,
  { root, onProgress, away }: SyncRunOptions,
): Promise<SyncedRun | undefined> {
  const state = await readState(paths.state); // again: another process may have gone on before this one owned it
  if (state === undefined) return undefined;
  const position = { seq: state.done, offset: state.offset };
  const total = existsSync(paths.journal) ? await repairJournal(paths.journal, position) : 0;
  const replay = createReplay({ client, root, paths, state, isNew: false });
  let shipped = 0;
  const describe = async (status: SyncedRunStatus, error?: Error): Promise<SyncedRun> => ({
    ...stand(replay, paths),
    status,
    shipped,
    rejected: await readRejected(paths.rejected),
    remaining: total - (replay.state.done - state.done),
    ...(error !== undefined && { error }),
  });
  if (away !== undefined && total > 0) return describe('waiting', away);
  try {
    while (replay.state.done < state.done + total) {
      shipped += countShipped(await stepPatiently(replay));
      onProgress?.(await describe('waiting'));
    }
  } catch (error) {
    if (isMlflowError(error, 'MLFLOW_CORRUPT_SPOOL')) return describe('corrupt', error);
    return describe('waiting', error as Error);
  }
  const done = await describe('complete');
  if (done.rejected.length === 0) await removeSpool(paths.folder);
  return done;
}

function stand(
  { state: { trackingUri, runId } }: Replay,
  { folder }: SpoolPaths,
): Pick<SyncedRun, 'folder' | 'trackingUri' | 'runId'> {
  return { folder, trackingUri, ...(runId !== undefined && { runId }) };
}

async function stepPatiently(replay: Replay): Promise<ReplayStep | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await replay.step();
    } catch (error) {
      if (attempt >= triesAfter(error)) throw error;
      await sleep(firstWaitMs * 2 ** (attempt - 1));
    }
  }
}

function triesAfter(error: unknown): number {
  if (isServerFault(error)) return tries.atFault;
  return isUnavailable(error) && !waitsForOtherRun(error) ? tries.away : 1;
}

function countShipped(step: ReplayStep | undefined): number {
  if (step === undefined || step.rejected.some(({ operation }) => operation.type !== 'logBatch')) return 0;
  return step.lastSeq - step.firstSeq + 1;
}
