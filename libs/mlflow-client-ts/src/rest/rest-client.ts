import type { StoreMethods } from '../api/mlflow-client.js';
import type { Capabilities } from '../api/server.js';
import { restArtifacts } from './artifacts.js';
import { restEndpointGroups } from './endpoint-groups.js';
import { createHttp, type Http } from './http.js';
import { routes } from './routes.js';
import type { RestSettings } from './settings.js';
import { wireText, type Wire } from './wire/values.js';

/** The client of an MLflow server. */
export function createRestClient(settings: RestSettings): StoreMethods {
  const http = createHttp(settings);
  let known: Promise<Capabilities> | undefined;
  const capabilities = (): Promise<Capabilities> => (known ??= askCapabilities(http));
  const groups = restEndpointGroups({ http, capabilities });
  return {
    trackingUri: settings.baseUrl,
    serverVersion: () => askVersion(http),
    capabilities,
    ...groups,
    ...restArtifacts(http, groups),
  };
}

async function askVersion(http: Http): Promise<string> {
  const action = 'ask for the version of the server';
  const answer = await http.bytes({ ...routes.version, action, isIdempotent: true });
  return new TextDecoder().decode(answer).trim();
}

async function askCapabilities(http: Http): Promise<Capabilities> {
  const serverVersion = await askVersion(http);
  const [major = 0, minor = 0] = serverVersion.split('.').map(Number);
  const call = { ...routes.serverInfo, action: 'ask what the server can do', isIdempotent: true };
  const info: Wire = await http.json(call).catch(() => ({}));
  const storeType = wireText(info['store_type']);
  const isSince = (first: number, second: number): boolean => major > first || (major === first && minor >= second);
  return {
    serverVersion,
    storeType: storeType === 'SqlStore' || storeType === 'FileStore' ? storeType : 'unknown',
    hasLoggedModels: isSince(3, 0),
    hasWebhooks: isSince(3, 3) && storeType !== 'FileStore',
    hasExperimentTagDeletion: isSince(3, 0),
    hasWorkspaces: info['workspaces_enabled'] === true,
    hasMultipartUploads: undefined,
  };
}
