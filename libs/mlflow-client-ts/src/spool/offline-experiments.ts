import { createHash } from 'node:crypto';
import type { MlflowClient } from '../api/mlflow-client.js';
import { isUnavailable } from '../error-guards.js';
import { patienceWhileAwayMs } from './open-run-log.js';
import type { StoreReach } from './store-reach.js';

/** Experiments that are named before the store can tell their ids. */
export interface OfflineExperiments {
  /** The store's id, or one of this machine's own when the store cannot be used or is slow. */
  ensure(name: string): Promise<string>;
  /** The name behind an id that `ensure` made up; `undefined` for any other. */
  nameOf(experimentId: string): string | undefined;
  /** The store's id behind one that `ensure` made up, which makes the experiment; any other as it is. */
  storeIdOf(experimentId: string): Promise<string>;
}

/** No experiments yet. Ids that were made up are known to this process only. */
export function createOfflineExperiments(
  client: MlflowClient,
  { patienceMs, reach }: { readonly patienceMs: number; readonly reach: StoreReach },
): OfflineExperiments {
  const names = new Map<string, string>();
  const makeUp = (name: string): string => {
    const id = `offline-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
    names.set(id, name);
    return id;
  };
  return {
    async ensure(name) {
      const waitMs = reach.isAway ? Math.min(patienceMs, patienceWhileAwayMs) : patienceMs;
      const id = await ensureWithin(waitMs, client, name);
      if (id === undefined) reach.noteAway();
      else reach.noteBack();
      return id ?? makeUp(name);
    },
    nameOf: (experimentId) => names.get(experimentId),
    storeIdOf(experimentId) {
      const name = names.get(experimentId);
      return name === undefined ? Promise.resolve(experimentId) : client.ensureExperiment(name);
    },
  };
}

/** `undefined` when the store cannot be used, or does not answer in time: then the call is given up. */
async function ensureWithin(ms: number, client: MlflowClient, name: string): Promise<string | undefined> {
  const patience = new AbortController();
  const timer = setTimeout(() => {
    patience.abort();
  }, ms);
  const { signal } = patience;
  const ended = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  try {
    return await Promise.race([client.with({ signal }).ensureExperiment(name), ended]);
  } catch (error) {
    if (isUnavailable(error) || signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
