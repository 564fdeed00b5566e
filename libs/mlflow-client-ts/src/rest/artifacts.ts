import { posix } from 'node:path';
import type { ArtifactFile, ArtifactMethods } from '../api/artifacts.js';
import type { RunMethods } from '../api/runs.js';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { byPath, localArtifacts } from '../artifacts/local-artifacts.js';
import { localPathOf } from '../artifacts/local-path.js';
import { MlflowError } from '../errors.js';
import { notFound } from '../faults.js';
import { callApi } from './api.js';
import type { Http } from './http.js';
import { wireList, wireText, type Wire } from './wire.js';

const proxyPath = '/api/2.0/mlflow-artifacts/artifacts';

/** The files of the runs of a server: through its artifact proxy, or on this machine when the run says so. */
export function restArtifacts(http: Http, runs: Pick<RunMethods, 'getRun'>): ArtifactMethods {
  const stores = new Map<string, ArtifactStore>(); // the place of a run's artifacts never changes
  const open = async (runId: string): Promise<ArtifactStore> => {
    const known = stores.get(runId);
    if (known !== undefined) return known;
    const store = openStore(http, runId, (await runs.getRun(runId)).artifactUri);
    stores.set(runId, store);
    return store;
  };
  return {
    async uploadArtifact(runId, path, content) {
      await (await open(runId)).upload(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    },
    async downloadArtifact(runId, path) {
      return (await open(runId)).download(path);
    },
    async listArtifacts(runId, path = '') {
      return (await open(runId)).list(path);
    },
  };
}

function openStore(http: Http, runId: string, artifactUri: string): ArtifactStore {
  const localPath = localPathOf(artifactUri);
  if (localPath !== undefined) return localArtifacts(localPath);
  const address = proxyAddress(http.baseUrl, artifactUri);
  if (address !== undefined) return proxyArtifacts(http, runId, address);
  throw new MlflowError(
    `Cannot reach the artifacts of run "${runId}": they lie at ${artifactUri}; start the server with --serve-artifacts, so that they go through it`,
    { code: 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE', details: { artifactUri } },
  );
}

/** `mlflow-artifacts:/a/b` is on the tracking server, `mlflow-artifacts://host/a/b` on that host, http(s) is what it says. */
function proxyAddress(baseUrl: string, artifactUri: string): string | undefined {
  if (/^https?:\/\//.test(artifactUri)) return artifactUri.replace(/\/+$/, '');
  const match = /^mlflow-artifacts:(?:\/\/([^/]*))?(\/.*)?$/.exec(artifactUri);
  if (match === null) return undefined;
  const [, host = '', path = ''] = match;
  const server = host === '' ? baseUrl : `${new URL(baseUrl).protocol}//${host}`;
  return `${server}${proxyPath}${encodePath(path).replace(/\/+$/, '')}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function proxyArtifacts(http: Http, runId: string, address: string): ArtifactStore {
  const urlOf = (path: string): string => `${address}/${encodePath(path)}`;
  return {
    async upload(path, content) {
      const action = `upload artifact "${path}" of run "${runId}"`;
      const body = new Uint8Array(content); // a view of a shared buffer is no body for fetch
      await http.bytes({ method: 'PUT', path: urlOf(path), body, action, isIdempotent: true });
    },
    async download(path) {
      const action = `download artifact "${path}" of run "${runId}"`;
      try {
        return await http.bytes({ method: 'GET', path: urlOf(path), action, isIdempotent: true });
      } catch (error) {
        if (!(await isNoFile(http, runId, { path, error }))) throw error;
        throw notFound(`Cannot ${action}: there is no such file; list the artifacts of the run`, { path });
      }
    },
    async list(path) {
      return (await listAll(http, runId, path)).map(toArtifactFile).sort(byPath);
    },
  };
}

/**
 * Whether a download failed because there is no file. Newer servers answer 404 for nothing and 400 for a folder, older ones 500 for
 * both: then the listing of the folder around it tells.
 */
async function isNoFile(http: Http, runId: string, failed: { path: string; error: unknown }): Promise<boolean> {
  const status = failed.error instanceof MlflowError ? failed.error.httpStatus : undefined;
  if (status === 404) return true;
  if (status !== 400 && status !== 500) return false;
  const folder = posix.dirname(failed.path);
  const siblings = await listAll(http, runId, folder === '.' ? '' : folder);
  return siblings.map(toArtifactFile).every(({ path, isDirectory }) => path !== failed.path || isDirectory);
}

function toArtifactFile(wire: Wire): ArtifactFile {
  return {
    path: wireText(wire['path']),
    isDirectory: wire['is_dir'] === true,
    sizeBytes: Number(wire['file_size'] ?? 0),
  };
}

async function listAll(http: Http, runId: string, path: string): Promise<Wire[]> {
  const files: Wire[] = [];
  let token: string | undefined;
  do {
    const query = { run_id: runId, ...(path !== '' && { path }), page_token: token };
    const action = `list artifacts of run "${runId}"`;
    const answer = await callApi(http, { method: 'GET', path: 'artifacts/list', query, action, isIdempotent: true });
    files.push(...wireList(answer['files']));
    token = wireText(answer['next_page_token']) || undefined;
  } while (token !== undefined);
  return files;
}
