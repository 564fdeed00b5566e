import type { Capabilities } from '../api/server.js';
import { isMlflowError, type MlflowError } from '../errors.js';
import type { StreamingHttp } from './http.js';
import { routes } from './routes.js';
import type { SharedState } from './shared-state.js';

/** What `server-info` of newer servers says. */
type ServerInfo = Readonly<Record<string, unknown>>;

/** The version the server gives itself; `undefined` when it gives none. */
export async function askVersion(http: StreamingHttp): Promise<string | undefined> {
  const action = 'ask for the version of the server';
  const answer = await orUndefinedWhenUnknown(http.answer({ ...routes.version, action, isIdempotent: true }));
  const text = new TextDecoder().decode(answer?.body).trim();
  return /^\d+\.\d+/.test(text) ? text : undefined;
}

/** What the server can do: asked until it tells, then known to every client that shares the state. */
export function capabilityDetector(http: StreamingHttp, shared: SharedState): () => Promise<Capabilities> {
  let running: Promise<Capabilities> | undefined;
  return async () => {
    if (shared.capabilities !== undefined) return shared.capabilities;
    // Only the result is shared: a question that one client aborts must not fail in another.
    running ??= detect(http).finally(() => {
      running = undefined;
    });
    const found = await running;
    if (found.serverVersion !== undefined || found.storeType !== 'unknown') shared.capabilities = found;
    return found;
  };
}

async function detect(http: StreamingHttp): Promise<Capabilities> {
  const action = 'ask what the server can do';
  const info = await orUndefinedWhenUnknown(http.json({ ...routes.serverInfo, action, isIdempotent: true }));
  return toCapabilities(await askVersion(http), info);
}

/** Old servers lack the endpoint, and say so by a page; proxies may do it with HTTP 200. */
async function orUndefinedWhenUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMlflowError(error) && (isUnknownStatus(error.httpStatus) || isPage(error))) return undefined;
    throw error;
  }
}

function isUnknownStatus(status: number | undefined): boolean {
  return status === 404 || status === 405;
}

function isPage({ code, httpStatus }: MlflowError): boolean {
  return code === 'MLFLOW_BAD_RESPONSE' && httpStatus === undefined;
}

function toCapabilities(serverVersion: string | undefined, info: ServerInfo | undefined): Capabilities {
  const storeType = storeTypeOf(info?.['store_type']);
  // A server that has the endpoint but no version is a newer one behind a proxy.
  const isAtLeast = (major: number, minor: number): boolean =>
    serverVersion === undefined ? info !== undefined : isVersionAtLeast(serverVersion, major, minor);
  const multipart = info?.['multipart_uploads_enabled'];
  return {
    serverVersion,
    storeType,
    hasLoggedModels: isAtLeast(3, 0),
    hasWebhooks: isAtLeast(3, 3) && storeType !== 'FileStore',
    hasExperimentTagDeletion: isAtLeast(3, 2),
    hasWorkspaces: info?.['workspaces_enabled'] === true,
    hasMultipartUploads: typeof multipart === 'boolean' ? multipart : undefined,
  };
}

function storeTypeOf(value: unknown): Capabilities['storeType'] {
  return value === 'FileStore' || value === 'SqlStore' ? value : 'unknown';
}

function isVersionAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor === major ? ownMinor >= minor : ownMajor > major;
}
