import type { ArtifactOwner } from '../api/artifacts.js';
import type { Experiment } from '../api/experiments.js';
import type { LoggedModel } from '../api/logged-models.js';
import type { Run } from '../api/runs.js';
import { assertArtifactPath } from '../checks/artifact-path.js';
import { assertModelId, assertRunId } from '../checks/names.js';
import { invalidValue } from '../faults.js';

/** Files of a run or logged model, named by a path of the artifact proxy. */
export interface ProxiedPath {
  readonly owner: ArtifactOwner;
  /** Within the artifacts of the owner; empty for all of them. */
  readonly path: string;
}

// <experiment>/<run>/artifacts/… or <experiment>/models/<model>/artifacts/…
const ownerPattern = /^[^/]+\/(?:models\/(?<modelId>[^/]+)|(?<runId>[^/]+))\/artifacts(?:\/(?<path>.*))?$/;
const ownPlace = /\/([^/]+\/(?:models\/m-[\w-]+|[\w-]+)\/artifacts(?:\/.*)?)$/;
const namedPattern = /^(?:runs:\/(?<runId>[\w-]+)|models:\/(?<modelId>m-[\w-]+))(?:\/(?<path>.*))?$/;
const proxyScheme = 'mlflow-artifacts:/';
const isOfThisMachine = /^(?:file:|\/)/i;

/** Whose files a path of the artifact proxy means. Anything but files of a run or logged model is refused. */
export function parseProxiedPath(proxied: string): ProxiedPath {
  const { modelId, runId, path = '' } = ownerPattern.exec(proxied)?.groups ?? {};
  const id = modelId ?? runId;
  if (id === undefined) {
    throw invalidValue(
      `Cannot find the artifacts ${JSON.stringify(proxied)}: they are neither those of a run, <experiment>/<run>/artifacts/<path>, nor of a logged model, <experiment>/models/<model>/artifacts/<path>`,
      { path: proxied },
    );
  }
  if (modelId === undefined) assertRunId(id);
  else assertModelId(id);
  if (path !== '') assertArtifactPath(path);
  return { owner: modelId === undefined ? { runId: id } : { modelId: id }, path };
}

/** Whose files a URI of the store means; `undefined` when they are kept elsewhere. */
export function parseStoreUri(uri: string): ProxiedPath | undefined {
  const { modelId, runId, path = '' } = namedPattern.exec(uri)?.groups ?? {};
  if (runId !== undefined) return { owner: { runId }, path };
  if (modelId !== undefined) return { owner: { modelId }, path };
  const place = proxyUri(uri);
  return place.startsWith(proxyScheme) ? parseProxiedPath(place.slice(proxyScheme.length)) : undefined;
}

/** Where clients find the artifacts of a run: behind the face, unless they lie on a storage that clients reach by themselves. */
export function runArtifactUri({ artifactUri, experimentId, runId }: Run): string {
  return behindFace(artifactUri, `${experimentId}/${runId}/artifacts`);
}

/** Where clients find the artifacts of a logged model. */
export function loggedModelArtifactUri({ artifactUri, experimentId, modelId }: LoggedModel): string {
  return behindFace(artifactUri, `${experimentId}/models/${modelId}/artifacts`);
}

/** Where the artifacts of the runs of an experiment are, as clients are told. */
export function experimentArtifactUri({ artifactLocation, experimentId }: Experiment): string {
  return behindFace(artifactLocation, experimentId);
}

function behindFace(uri: string, place: string): string {
  return isOfThisMachine.test(uri) || uri === '' ? `${proxyScheme}${place}` : uri;
}

/** The address behind the face of files in the folder of a run or logged model on this machine; any other URI as it is. */
export function proxyUri(uri: string): string {
  const place = isOfThisMachine.test(uri) ? ownPlace.exec(uri)?.[1] : undefined;
  return place === undefined ? uri : `${proxyScheme}${decodeUri(place)}`;
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a path of this machine, with a "%" in it
  }
}
