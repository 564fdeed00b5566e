import type { MlflowClient, StoreMethods } from '../api/mlflow-client.js';
import { checkedClient } from '../checks/checked-client.js';
import { createOfflineExperiments } from './offline-experiments.js';
import { createOpenLogs } from './open-logs.js';
import type { RunLogOptions } from './open-run-log.js';
import { resolveSpoolFolder } from './spool-folder.js';
import { createStoreReach } from './store-reach.js';
import { spooledArtifacts } from './spooled-artifacts.js';
import { spooledRuns } from './spooled-runs.js';
import { whenShipped } from './when-shipped.js';

/** What a spooled client works with. */
export interface SpoolContext {
  readonly client: MlflowClient;
  readonly logs: ReturnType<typeof createOpenLogs>;
  readonly experiments: ReturnType<typeof createOfflineExperiments>;
  readonly folder: string;
}

/**
 * The same store, with everything that is logged to runs kept on this disk until the store has it. Logging returns when the journal is on the
 * disk, whether the store can be used or not; what the store refuses later is thrown by the next call that reads. Calls that read, and those of
 * the registry, first wait until the store has everything, and throw MLFLOW_UNREACHABLE when it cannot be used: that goes for files that were
 * uploaded offline, too. A run begun offline has an id `offline-…`, which this client takes everywhere in place of the store's, as it does that of
 * an experiment. Deleting an absent tag is no error here. Once the store has been waited for in vain, the next calls wait for a moment only, until
 * it is heard of again.
 *
 * @example
 * ```ts
 * import { openMlflow, spooledClient } from 'mlflow-client-ts';
 * const store = openMlflow({ trackingUri: 'http://127.0.0.1:5000' });
 * spooledClient(store, { folder: './spool' }).trackingUri; // => 'http://127.0.0.1:5000'
 * ```
 */
export function spooledClient(client: MlflowClient, options: RunLogOptions = {}): MlflowClient {
  const folder = resolveSpoolFolder(options.folder);
  const reach = createStoreReach();
  const logs = createOpenLogs(client, { ...options, folder, reach });
  const experiments = createOfflineExperiments(client, { patienceMs: options.patienceMs ?? 10_000, reach });
  return checkedClient((limits) => spooledStore({ client: client.with(limits), logs, experiments, folder }), Date.now);
}

function spooledStore(context: SpoolContext): StoreMethods {
  const store = whenShipped(context);
  const spooled = {
    ensureExperiment: (name: string) => context.experiments.ensure(name),
    ...spooledRuns(context),
    ...spooledArtifacts(context),
  };
  return new Proxy(store, {
    get: (target, name) =>
      (Object.hasOwn(spooled, name) ? Reflect.get(spooled, name) : Reflect.get(target, name)) as unknown,
  });
}
