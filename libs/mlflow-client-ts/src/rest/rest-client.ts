import type { MlflowClient } from '../api/mlflow-client.js';
import { restArtifacts } from './artifacts.js';
import { restExperiments } from './experiments.js';
import { createHttp } from './http.js';
import { restRegistry } from './registry.js';
import { restRuns } from './runs.js';
import type { RestSettings } from './settings.js';

/** The client of an MLflow server. */
export function createRestClient(settings: RestSettings): MlflowClient {
  const http = createHttp(settings);
  const runs = restRuns(http);
  return {
    trackingUri: settings.baseUrl,
    async serverVersion() {
      const action = 'ask for the version of the server';
      const answer = await http.bytes({ method: 'GET', path: '/version', action, isIdempotent: true });
      return new TextDecoder().decode(answer).trim();
    },
    ...restExperiments(http),
    ...runs,
    ...restArtifacts(http, runs),
    ...restRegistry(http),
  };
}
