import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MlflowClient } from '../api/mlflow-client.js';
import { isUnavailable } from '../error-guards.js';
import { putBlob, putBlobFile } from './blobs.js';
import { checkedOperation } from './checked-operation.js';
import { syncFolder } from './durable-file.js';
import { createJournal, type JournalWriter } from './journal-writer.js';
import { offlineId } from './offline-ids.js';
import type { BeginRun, ResumeRun, RunOperation } from './operation.js';
import { takeOwnership, type Ownership } from './owner.js';
import type { RejectedOperation } from './refusals.js';
import { createRejections } from './rejections.js';
import { removeSpool } from './remove-spool.js';
import { createReplay, type Replay } from './replay.js';
import type { OperationResult, RunLog } from './run-log.js';
import { startShipper, type BackOff, type Shipper } from './shipper.js';
import type { StoreReach } from './store-reach.js';
import { resolveSpoolFolder, spoolPaths, storeIdentity, type SpoolPaths } from './spool-folder.js';
import { onSpoolDisk, onSpoolDiskSync } from './spool-disk.js';
import { newState, writeState } from './state.js';
import { MlflowError } from '../errors.js';

/** How a run is spooled. */
export interface RunLogOptions {
  /** Folder of all spooled runs. @default MLFLOW_SPOOL_DIR, else `.mlflow-spool` in the working directory */
  readonly folder?: string;
  /**
   * How long a store that cannot be used is waited for, in ms: at the beginning, after which the run goes on under an id of its own, and by each
   * `drain` and `perform`. Without it the beginning takes no more than 10 s, and three failures in a row are enough (1.5 s where nothing listens).
   */
  readonly patienceMs?: number;
  /** Wait after the first failure of the store, doubled with every further one. @default 500 */
  readonly firstRetryMs?: number;
  /** @default 60 000 */
  readonly longestRetryMs?: number;
  /** Hears of everything that the store refuses for good. */
  readonly onRejected?: (rejected: RejectedOperation) => void;
  /** Hears each time that the store has everything there is. */
  readonly onIdle?: () => void;
}

/** How long a store that was found away is waited for, in ms. */
export const patienceWhileAwayMs = 2000;

interface Parts {
  readonly paths: SpoolPaths;
  readonly journal: JournalWriter;
  readonly ownership: Ownership;
  readonly replay: Replay;
}

/**
 * Begins a run, or goes on with one, through a journal on this disk. When the store cannot be used the run begins all the same, and what is
 * logged to it waits for the store, or for `syncSpool` when this process has ended.
 *
 * @throws MlflowError when the store refuses the run
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openMlflow, openRunLog } from 'mlflow-client-ts';
 * const root = mkdtempSync(join(tmpdir(), 'example-'));
 * const client = openMlflow({ trackingUri: `file:${root}/mlruns` });
 * const begin = { type: 'beginRun', experimentName: 'wells', startTime: 0, tags: {} } as const;
 * const log = await openRunLog(client, begin, { folder: `${root}/spool` });
 * log.append({ type: 'logBatch', batch: { params: { lr: '0.1' } } });
 * await log.drain();
 * const { params } = await client.getRun(log.runId);
 * await log.close();
 * rmSync(root, { recursive: true });
 * params; // => { lr: '0.1' }
 * ```
 */
export function openRunLog(
  client: MlflowClient,
  beginning: BeginRun | ResumeRun,
  options: RunLogOptions = {},
): Promise<RunLog> {
  return openLog(client, beginning, options);
}

/** The same, with knowledge of the store that is shared with other logs: while it is away nobody waits for it in full again. */
export async function openLog(
  client: MlflowClient,
  beginning: BeginRun | ResumeRun,
  { reach, ...options }: RunLogOptions & { readonly reach?: StoreReach },
): Promise<RunLog> {
  const checked = checkedOperation(beginning);
  const root = resolveSpoolFolder(options.folder);
  const parts = await onSpoolDisk(root, () => openParts(client, root, checked));
  const rejections = createRejections(parts.paths.rejected, options.onRejected);
  const shipper = startShipper({
    replay: parts.replay,
    backOff: backOffOf(options),
    flush: () => flushOwn(parts),
    answers: (timeoutMs) => answers(client, timeoutMs),
    reach,
    onRejected: (rejected) => {
      rejections.add(rejected);
    },
    onIdle: () => {
      if (parts.replay.state.done >= parts.journal.lastSeq) options.onIdle?.();
    },
  });
  const { patienceMs = 10_000 } = options;
  await awaitBeginning(parts, shipper, reach?.isAway === true ? Math.min(patienceMs, patienceWhileAwayMs) : patienceMs);
  if (parts.replay.state.runId === undefined) reach?.noteAway();
  return runLog(parts, shipper, rejections);
}

function backOffOf({ firstRetryMs = 500, longestRetryMs = 60_000, patienceMs = 0 }: RunLogOptions): BackOff {
  return { firstMs: firstRetryMs, longestMs: longestRetryMs, tries: 3, patienceMs };
}

async function openParts(client: MlflowClient, root: string, beginning: RunOperation): Promise<Parts> {
  const paths = spoolPaths(root, randomUUID());
  mkdirSync(paths.folder, { recursive: true });
  const ownership = await takeOwnership(paths.lock);
  if (ownership === undefined) throw new Error(`Cannot own the new folder "${paths.folder}"`);
  const state = newState(storeIdentity(client.trackingUri), Date.now());
  await writeState(paths.state, state);
  const journal = createJournal(paths.journal);
  syncFolder(root);
  journal.append(beginning);
  await journal.flush();
  return { paths, journal, ownership, replay: createReplay({ client, root, paths, state, isNew: true }) };
}

async function answers(client: MlflowClient, timeoutMs: number): Promise<boolean> {
  try {
    await client.with({ timeoutMs, maxAttempts: 1 }).searchExperiments({}).page({ maxResults: 1 });
    return true;
  } catch (error) {
    return !isUnavailable(error);
  }
}

async function flushOwn({ journal, ownership, paths }: Parts): Promise<void> {
  await onSpoolDisk(paths.folder, () => journal.flush());
  if (await ownership.holds()) return;
  throw new MlflowError(
    `Cannot ship "${paths.journal}": another process took this one for dead and ships it; end one of the two`,
    { code: 'MLFLOW_LOCKED', details: { path: paths.lock } },
  );
}

/** A store that refuses the run ends it here, before anything is lost; one that is away or slow does not. */
async function awaitBeginning(parts: Parts, shipper: Shipper, patienceMs: number): Promise<void> {
  const timer = new AbortController();
  const patience = sleep(patienceMs, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    await Promise.race([shipper.waitFor(1), patience]);
  } catch (error) {
    if (isUnavailable(error)) return;
    await closeAll(parts, shipper);
    await removeSpool(parts.paths.folder);
    throw error;
  } finally {
    timer.abort();
  }
}

async function closeAll({ journal, ownership }: Parts, shipper: Shipper): Promise<void> {
  await shipper.stop();
  await journal.flush();
  journal.close();
  await ownership.release();
}

function runLog(parts: Parts, shipper: Shipper, rejections: ReturnType<typeof createRejections>): RunLog {
  const { paths, journal, replay } = parts;
  let hasEnded = false;
  const append = (operation: RunOperation): number => {
    const checked = checkedOperation(operation);
    const seq = onSpoolDiskSync(paths.folder, () => journal.append(checked));
    if (checked.type === 'updateRun' && checked.update.status !== undefined) hasEnded = isFinal(checked.update.status);
    return seq;
  };
  return {
    get runId() {
      return replay.state.runId ?? offlineId(paths.spoolId);
    },
    append(operation) {
      append(operation);
      shipper.notice();
    },
    putBlob: (content) => onSpoolDiskSync(paths.folder, () => putBlob(paths.blobs, content)),
    putBlobFile: (localFile) => onSpoolDisk(paths.folder, () => putBlobFile(paths.blobs, localFile)),
    flush: () => onSpoolDisk(paths.folder, () => journal.flush()),
    flushSync: () => {
      journal.flushSync();
    },
    async perform(operation): Promise<OperationResult | undefined> {
      const outcome = await shipper.waitFor(append(operation));
      if (outcome.type === 'rejected') throw rejections.take(outcome.rejected);
      return outcome.type === 'shipped' ? outcome.result : undefined;
    },
    async drain() {
      const outcome = await shipper.waitFor(journal.lastSeq);
      rejections.throwAny(replay.state.runId ?? offlineId(paths.spoolId));
      return outcome.type !== 'unavailable';
    },
    async close() {
      await closeAll(parts, shipper);
      const isEmpty = replay.state.done >= journal.lastSeq && replay.state.rejected === 0;
      if (isEmpty && hasEnded) await removeSpool(paths.folder);
    },
  };
}

function isFinal(status: string): boolean {
  return status === 'FINISHED' || status === 'FAILED' || status === 'KILLED';
}
