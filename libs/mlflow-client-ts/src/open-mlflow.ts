import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkedClient, type OpenStore } from './checks/checked-client.js';
import type { MlflowClient } from './api/mlflow-client.js';
import { MlflowError } from './errors.js';
import { createFileStore } from './file-store/file-store.js';
import type { ArtifactOptions } from './rest/artifact-settings.js';
import { createRestClient } from './rest/rest-client.js';
import { resolveRestSettings, withoutCredentials } from './rest/settings.js';
import type { SignRequest } from './rest/sign.js';
import type { Transport } from './rest/transport/transport.js';

/** Which MLflow to open, and how. */
export interface OpenMlflowOptions {
  /** `http(s)://host:port` of a server, or the folder of a file store: `file:./mlruns`, `file:///abs/mlruns`. */
  readonly trackingUri: string;
  /** MLFLOW_TRACKING_USERNAME, _PASSWORD, _TOKEN and others. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How requests are sent. @default HTTP of Node, with the TLS settings of the environment */
  readonly transport?: Transport;
  /** Signs every try of every request to the tracking server. */
  readonly sign?: SignRequest;
  /** How large files are uploaded. */
  readonly artifacts?: ArtifactOptions;
  /** The longest wait for one answer of a server (for files: for anything to arrive or to be taken), in ms. @default MLFLOW_HTTP_REQUEST_TIMEOUT seconds, else 120 000 */
  readonly timeoutMs?: number;
  /** Tries of one call, the first included. @default MLFLOW_HTTP_REQUEST_MAX_RETRIES + 1, else 3 */
  readonly maxAttempts?: number;
  /**
   * Whether a file store syncs what it writes before a call is acknowledged, at about 0.5 ms per touched file and folder. Without, a killed
   * process still loses nothing; a power cut may lose the last seconds.
   * @default true
   */
  readonly fsync?: boolean;
}

/**
 * Opens a tracking server or a file store. Nothing is contacted and nothing is written before the first call.
 *
 * @throws MlflowError MLFLOW_INVALID_URI
 * @example
 * ```ts
 * import { openMlflow } from 'mlflow-client-ts';
 * openMlflow({ trackingUri: 'http://127.0.0.1:5000/' }).trackingUri; // => 'http://127.0.0.1:5000'
 * ```
 */
export function openMlflow(options: OpenMlflowOptions): MlflowClient {
  return checkedClient(storeOpener(options), Date.now);
}

function storeOpener({ env = process.env, ...options }: OpenMlflowOptions): OpenStore {
  const { trackingUri } = options;
  if (/^https?:\/\//i.test(trackingUri)) {
    const settings = resolveRestSettings({ ...options, env });
    return (limits) => createRestClient({ ...settings, ...limits });
  }
  const folder = folderOf(trackingUri);
  if (folder !== undefined) {
    const store = createFileStore({ root: folder, trackingUri, fsync: options.fsync ?? true });
    return () => store;
  }
  throw new MlflowError(
    `Cannot open "${withoutCredentials(trackingUri)}" as tracking URI: it is neither the address of a server (http://host:port) nor a folder (file:./mlruns)`,
    { code: 'MLFLOW_INVALID_URI' },
  );
}

function folderOf(uri: string): string | undefined {
  try {
    if (/^file:\/\//i.test(uri)) return fileURLToPath(uri);
    if (/^file:./i.test(uri)) return resolve(decodeURIComponent(uri.slice('file:'.length)));
  } catch (cause) {
    throw new MlflowError(
      `Cannot open "${uri}" as tracking URI: it names no folder of this machine; write file:./mlruns`,
      {
        code: 'MLFLOW_INVALID_URI',
        cause,
      },
    );
  }
  return /^\.{0,2}\//.test(uri) ? resolve(uri) : undefined;
}
