import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MlflowClient } from '../api/mlflow-client.js';
import { isUnavailable } from '../error-guards.js';

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
export function createOfflineExperiments(client: MlflowClient, patienceMs: number): OfflineExperiments {
  const names = new Map<string, string>();
  const makeUp = (name: string): string => {
    const id = `offline-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
    names.set(id, name);
    return id;
  };
  return {
    async ensure(name) {
      const timer = new AbortController();
      const patience = sleep(patienceMs, undefined, { signal: timer.signal }).catch(() => undefined);
      const asked = client.ensureExperiment(name);
      asked.catch(() => undefined); // when it fails after the patience
      try {
        return (await Promise.race([asked, patience])) ?? makeUp(name);
      } catch (error) {
        if (isUnavailable(error)) return makeUp(name);
        throw error;
      } finally {
        timer.abort();
      }
    },
    nameOf: (experimentId) => names.get(experimentId),
    storeIdOf(experimentId) {
      const name = names.get(experimentId);
      return name === undefined ? Promise.resolve(experimentId) : client.ensureExperiment(name);
    },
  };
}
