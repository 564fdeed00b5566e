import type { ArtifactFile, ArtifactOwner } from '../../api/artifacts.js';
import { byPath } from '../../artifacts/artifact-order.js';
import { callApi, callForObject, type ApiCall, type RestContext } from '../api.js';
import { wireList, wireObject, wireText, type Wire } from '../wire/values.js';
import type { ArtifactContext } from './artifact-context.js';

/** `run "a1"` or `model "m-1"`, for messages. */
export function nameOf(owner: ArtifactOwner): string {
  return 'runId' in owner ? `run "${owner.runId}"` : `model "${owner.modelId}"`;
}

/** Where the artifacts are, as the server says; asked once. */
export async function artifactUriOf(context: ArtifactContext, owner: ArtifactOwner): Promise<string> {
  const { artifactUris } = context.settings.shared;
  const id = 'runId' in owner ? owner.runId : owner.modelId;
  const known = artifactUris.get(id);
  if (known !== undefined) return known;
  const { route, ...call } = ownerCall(owner);
  const part = 'runId' in owner ? 'run' : 'model';
  const found = await callForObject(context, { route, ...call, action: `find ${nameOf(owner)}` }, part);
  const uri = wireText(wireObject(found['info'])['artifact_uri']);
  artifactUris.set(id, uri);
  return uri;
}

function ownerCall(owner: ArtifactOwner): Pick<ApiCall, 'route' | 'query' | 'path'> {
  if ('runId' in owner) return { route: 'getRun', query: { run_id: owner.runId } };
  return { route: 'getLoggedModel', path: { model_id: owner.modelId } };
}

/** One level of the artifacts, as the server lists them: whatever store they are in. */
export async function listArtifacts(context: RestContext, owner: ArtifactOwner, path: string): Promise<ArtifactFile[]> {
  const files: Wire[] = [];
  let token = '';
  do {
    const { query, ...call } = listCall(owner, path);
    const action = `list artifacts of ${nameOf(owner)}`;
    const page = { ...query, ...(token !== '' && { page_token: token }) };
    const answer = await callApi(context, { ...call, query: page, action });
    files.push(...wireList(answer['files']));
    const next = wireText(answer['next_page_token']);
    token = next === token ? '' : next; // a server that repeats its token would never end
  } while (token !== '');
  return files.map(toArtifactFile).sort(byPath);
}

function listCall(
  owner: ArtifactOwner,
  path: string,
): Pick<ApiCall, 'route' | 'path'> & Required<Pick<ApiCall, 'query'>> {
  const wanted = path === '' ? undefined : path;
  if ('runId' in owner) return { route: 'listArtifacts', query: { run_id: owner.runId, path: wanted } };
  return {
    route: 'listLoggedModelArtifacts',
    path: { model_id: owner.modelId },
    query: { artifact_directory_path: wanted },
  };
}

function toArtifactFile(wire: Wire): ArtifactFile {
  return {
    path: wireText(wire['path']),
    isDirectory: wire['is_dir'] === true,
    sizeBytes: Number(wire['file_size'] ?? 0),
  };
}
