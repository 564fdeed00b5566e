import type { StoreMethods } from '../api/mlflow-client.js';
import { invalidValue } from '../faults.js';
import { parseProxiedPath } from './artifact-uri.js';

const proxied =
  /^(?:mlflow-artifacts:\/+(?:[^/]*:\d+\/)?|https?:\/\/.*\/api\/2\.0\/mlflow-artifacts\/artifacts\/)(.+)$/i;
const isLocalPath = /^(?:file:|[/\\.~]|[a-z]:[/\\])/i;

/**
 * Where the files of a model version lie, as the store can find them without its face: the address that clients know them by leads to
 * the folder of the run. Folders of this machine are refused: a client knows none, and none is its to give away.
 */
export async function sourceInStore(store: StoreMethods, source: string): Promise<string> {
  const place = proxied.exec(source)?.[1];
  if (place !== undefined) return uriInStore(store, place);
  if (!isLocalPath.test(source)) return source;
  throw invalidValue(
    `Cannot register ${JSON.stringify(source)} as source of a model version: it is a path of some machine; upload the files to a run and give runs:/<run id>/<path>`,
    { source },
  );
}

async function uriInStore(store: StoreMethods, place: string): Promise<string> {
  const { owner, path } = parseProxiedPath(place.replace(/\/+$/, ''));
  const { artifactUri } =
    'runId' in owner ? await store.getRun(owner.runId) : await store.getLoggedModel(owner.modelId);
  if (path === '') return artifactUri;
  // A URI of this store is encoded; the ones that clients send are not.
  const isEncoded = artifactUri.startsWith('file:');
  return `${artifactUri}/${isEncoded ? path.split('/').map(encodeURIComponent).join('/') : path}`;
}
