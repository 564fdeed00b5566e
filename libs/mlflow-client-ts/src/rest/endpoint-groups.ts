import type { ArtifactMethods } from '../api/artifacts.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import type { ServerMethods } from '../api/server.js';
import type { RestContext } from './api.js';
import { restExperiments } from './experiments.js';
import { restLoggedModels } from './logged-models.js';
import { restMetrics } from './metrics.js';
import { restModelVersions } from './model-versions.js';
import { restRegisteredModels } from './registered-models.js';
import { restRuns } from './runs.js';
import { restWebhooks } from './webhooks.js';

/** Everything that a server keeps, but artifacts. */
export function restEndpointGroups(
  context: RestContext,
): Omit<StoreMethods, keyof ArtifactMethods | keyof ServerMethods | 'trackingUri'> {
  return {
    ...restExperiments(context),
    ...restRuns(context),
    ...restMetrics(context),
    ...restLoggedModels(context),
    ...restRegisteredModels(context),
    ...restModelVersions(context),
    ...restWebhooks(context),
  };
}
