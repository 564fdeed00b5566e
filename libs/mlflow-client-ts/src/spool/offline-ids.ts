import { existsSync } from 'node:fs';
import type { MlflowClient } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { spoolPaths } from './spool-folder.js';
import { readState } from './state.js';

const prefix = 'offline-';
const pattern = /offline-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** The tag by which a run is found again when it is not known whether the store made it. */
export const spoolIdTag = 'mlflow-client-ts.spoolId';

/** What a run is called until the store has given it an id. */
export function offlineId(spoolId: string): string {
  return `${prefix}${spoolId}`;
}

/** The spools whose runs a text refers to by their offline ids. */
function offlineSpoolsIn(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, spoolId = '']) => spoolId))];
}

/** Finds the id that the store has given to an offline run; `undefined` when nobody knows of it. */
export type ResolveOfflineRun = (spoolId: string) => Promise<string | undefined>;

/** A text with the store's ids in place of offline ones; an id that nobody knows stays as it is. */
export async function withStoreIds(text: string, resolve: ResolveOfflineRun): Promise<string> {
  const ids = new Map<string, string>();
  for (const spoolId of offlineSpoolsIn(text)) {
    const runId = await resolve(spoolId);
    if (runId !== undefined) ids.set(spoolId, runId);
  }
  return ids.size === 0 ? text : text.replace(pattern, (whole, spoolId: string) => ids.get(spoolId) ?? whole);
}

/**
 * Looks into the spool of that run, and when it has been replayed and removed, into the store. What it finds is kept in `known`.
 *
 * @throws MlflowError MLFLOW_UNREACHABLE while that run waits for its own replay
 */
export function resolveAmong(
  client: MlflowClient,
  root: string,
  known: Map<string, string> = new Map<string, string>(),
): ResolveOfflineRun {
  return async (spoolId) => {
    const runId = known.get(spoolId) ?? (await lookUp(client, root, spoolId));
    if (runId !== undefined) known.set(spoolId, runId);
    return runId;
  };
}

/** Whether an error says no more than that another run has to be replayed first. */
export function waitsForOtherRun(error: MlflowError): boolean {
  return error.details['spoolId'] !== undefined;
}

async function lookUp(client: MlflowClient, root: string, spoolId: string): Promise<string | undefined> {
  const { folder, state } = spoolPaths(root, spoolId);
  if (!existsSync(folder)) return findSpooledRun(client, spoolId);
  const { runId } = (await readState(state)) ?? {};
  if (runId !== undefined) return runId;
  throw new MlflowError(
    `Cannot replay what refers to run "${offlineId(spoolId)}": the store does not have that run yet; replay "${folder}" first`,
    { code: 'MLFLOW_UNREACHABLE', details: { spoolId, folder } },
  );
}

/** The run that was made from a spool, deleted ones included. */
export async function findSpooledRun(
  client: MlflowClient,
  spoolId: string,
  experimentId?: string,
): Promise<string | undefined> {
  const experimentIds = experimentId === undefined ? await allExperiments(client) : [experimentId];
  const filter = `tags.\`${spoolIdTag}\` = '${spoolId}'`;
  const [run] = await client.searchRuns({ experimentIds, filter, viewType: 'ALL' }).all(1);
  return run?.runId;
}

async function allExperiments(client: MlflowClient): Promise<string[]> {
  const experiments = await client.searchExperiments({ viewType: 'ALL' }).all();
  return experiments.map(({ experimentId }) => experimentId);
}
