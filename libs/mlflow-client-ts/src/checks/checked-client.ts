import type { CallOptions, MlflowClient, StoreMethods } from '../api/mlflow-client.js';
import { abortable } from './abortable.js';
import { assertLimits } from './call-limits.js';
import { checkedArtifacts } from './checked-artifacts.js';
import { checkedExperiments } from './checked-experiments.js';
import { checkedLoggedModels } from './checked-logged-models.js';
import { checkedMetrics } from './checked-metrics.js';
import { checkedModelVersions } from './checked-model-versions.js';
import { checkedRegisteredModels } from './checked-registered-models.js';
import { checkedRuns } from './checked-runs.js';
import { checkedWebhooks } from './checked-webhooks.js';

/** The store under the given limits of calls. */
export type OpenStore = (limits: CallOptions) => StoreMethods;

/** The same store, with every argument checked once before it is used: all stores refuse the same things with the same codes. */
export function checkedClient(openStore: OpenStore, now: () => number, limits: CallOptions = {}): MlflowClient {
  const opened = openStore(limits);
  const store = limits.signal === undefined ? opened : abortable(opened, limits.signal);
  return {
    trackingUri: store.trackingUri,
    serverVersion: () => store.serverVersion(),
    capabilities: () => store.capabilities(),
    with(further) {
      assertLimits(further);
      return checkedClient(openStore, now, { ...limits, ...further });
    },
    ...checkedExperiments(store),
    ...checkedRuns(store, now),
    ...checkedMetrics(store),
    ...checkedArtifacts(store),
    ...checkedLoggedModels(store),
    ...checkedRegisteredModels(store),
    ...checkedModelVersions(store),
    ...checkedWebhooks(store),
  };
}
