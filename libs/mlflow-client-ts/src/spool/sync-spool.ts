import { rm } from 'node:fs/promises';
import type { MlflowClient } from '../api/mlflow-client.js';
import { isUnavailable } from '../error-guards.js';
import { waitsForOtherRun } from './offline-ids.js';
import { isRemoved } from './remove-spool.js';
import { listSpools, resolveSpoolFolder, type SpoolPaths } from './spool-folder.js';
import { readState } from './state.js';
import { syncRun, type SyncedRun } from './sync-run.js';

/** What became of every run of a spool folder. */
export interface SyncReport {
  readonly runs: readonly SyncedRun[];
  readonly shipped: number;
  readonly rejected: number;
  readonly remaining: number;
}

/** What to replay. */
export interface SyncOptions {
  /** @default MLFLOW_SPOOL_DIR, else `.mlflow-spool` in the working directory */
  readonly folder?: string;
  /** Hears of every run while it is replayed. */
  readonly onProgress?: (run: SyncedRun) => void;
}

/**
 * Brings to the store what was spooled while it was away: every run of that store that no living process ships itself, in the order in which the
 * runs began. Can be interrupted and repeated. A run leaves the spool when the store has all of it; nothing else is deleted.
 *
 * @example
 * ```ts
 * import { openMlflow, syncSpool } from 'mlflow-client-ts';
 * const { runs } = await syncSpool(openMlflow({ trackingUri: 'file:./mlruns' }), { folder: './never-spooled-to' });
 * runs; // => []
 * ```
 */
export async function syncSpool(client: MlflowClient, { folder, onProgress }: SyncOptions = {}): Promise<SyncReport> {
  const root = resolveSpoolFolder(folder);
  const byFolder = new Map<string, SyncedRun>();
  let away: Error | undefined;
  /** Whether the run has to wait for another one. */
  const sync = async (paths: SpoolPaths): Promise<boolean> => {
    const run = await syncRun(client, paths, { root, onProgress, away });
    if (run === undefined) return false;
    onProgress?.(run);
    byFolder.set(run.folder, { ...run, shipped: run.shipped + (byFolder.get(run.folder)?.shipped ?? 0) });
    if (!isUnavailable(run.error)) return false;
    if (waitsForOtherRun(run.error)) return true;
    away = run.error;
    return false;
  };
  await inTurns(await inOrderOfCreation(await sweep(root)), sync);
  const runs = [...byFolder.values()];
  const total = (count: (run: SyncedRun) => number): number => runs.reduce((sum, run) => sum + count(run), 0);
  return {
    runs,
    shipped: total(({ shipped }) => shipped),
    rejected: total(({ rejected }) => rejected.length),
    remaining: total(({ remaining }) => remaining),
  };
}

/** Those that have to wait for others get another turn after them: where the clock was set back, runs do not stand in the order they began in. */
async function inTurns(
  spools: readonly SpoolPaths[],
  hasToWait: (paths: SpoolPaths) => Promise<boolean>,
): Promise<void> {
  const waiting: SpoolPaths[] = [];
  for (const paths of spools) if (await hasToWait(paths)) waiting.push(paths);
  if (waiting.length > 0 && waiting.length < spools.length) await inTurns(waiting, hasToWait);
}

/** The spools of a folder, without what interrupted removals left. */
async function sweep(root: string): Promise<SpoolPaths[]> {
  const spools = await listSpools(root);
  for (const { spoolId, folder } of spools) {
    if (isRemoved(spoolId)) await rm(folder, { recursive: true, force: true });
  }
  return spools.filter(({ spoolId }) => !isRemoved(spoolId));
}

/** A nested run refers to one that began before it. */
async function inOrderOfCreation(spools: readonly SpoolPaths[]): Promise<SpoolPaths[]> {
  const dated = await Promise.all(
    spools.map(async (paths) => ({ paths, createdTime: (await stateOrNothing(paths.state))?.createdTime ?? 0 })),
  );
  return dated.sort((a, b) => a.createdTime - b.createdTime).map(({ paths }) => paths);
}

function stateOrNothing(path: string): ReturnType<typeof readState> {
  return readState(path).catch(() => undefined); // its corruption is told when its turn comes
}
