import type { StoreMethods } from '../api/mlflow-client.js';
import { restArtifacts } from './artifacts/artifacts.js';
import { askVersion, capabilityDetector } from './capabilities.js';
import { restEndpointGroups } from './endpoint-groups.js';
import { createHttp } from './http.js';
import type { RestSettings } from './settings.js';

/** The client of an MLflow server. Clients made of the same settings, under other limits of calls, share what they find out about it. */
export function createRestClient(settings: RestSettings): StoreMethods {
  const http = createHttp(settings);
  const context = { http, settings, capabilities: capabilityDetector(http, settings.shared) };
  return {
    trackingUri: settings.baseUrl,
    serverVersion: () => askVersion(http),
    capabilities: context.capabilities,
    ...restEndpointGroups(context),
    ...restArtifacts(context),
  };
}
