import { isAbsolute, join, relative } from 'node:path';
import type { CreateModelVersion } from '../api/model-versions.js';
import { localPathOf } from '../artifacts/local-path.js';
import { isNotFound } from '../error-guards.js';
import { invalidValue } from '../faults.js';
import { uriBelow } from './artifact-uri.js';
import { modelArtifactUri, openLoggedModel } from './logged-model-folder.js';
import { metaText, type Meta } from './meta.js';
import { openVersion } from './model-version-folder.js';
import { openModel } from './registered-model-folder.js';
import { artifactUriOf, findRunFolder } from './run-folder.js';
import type { StoreContext } from './store-context.js';

/** Where the files of a new version are, and what it comes from. */
export interface VersionSource {
  readonly source: string;
  /** The source, followed to what a `models:/` URI means. */
  readonly storageLocation: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/**
 * Follows the source of a version as MLflow does: one of a logged model takes over its run, one of another version its run and model.
 *
 * @throws MlflowError RESOURCE_DOES_NOT_EXIST what it refers to; INVALID_PARAMETER_VALUE a path outside of the artifacts it is said to be of
 */
export function followSource(context: StoreContext, { source, runId, modelId }: CreateModelVersion): VersionSource {
  const [, name, version] = /^models:\/([^/]+)(?:\/([^/]+))?$/.exec(source) ?? [];
  if (name !== undefined && version !== undefined) return ofVersion(context, { source, name, version });
  if (name !== undefined) return ofLoggedModel(context, { source, modelId: name, runId });
  assertPathIsOwn(context, { source, runId, modelId });
  const sourceRunId =
    runId ?? runOfSource(source) ?? (modelId === undefined ? undefined : runOfModel(context, modelId));
  return { source, storageLocation: source, runId: sourceRunId, modelId };
}

function runOfSource(source: string): string | undefined {
  return /^runs:\/([^/]+)\//.exec(source)?.[1];
}

interface SourceVersion {
  readonly source: string;
  readonly name: string;
  readonly version: string;
}

function ofVersion(context: StoreContext, { source, name, version }: SourceVersion): VersionSource {
  const { meta } = openVersion(openModel(context, name), version);
  return {
    source,
    storageLocation: metaText(meta, 'storage_location') || metaText(meta, 'source'),
    runId: metaText(meta, 'run_id') || undefined,
    modelId: metaText(meta, 'model_id') || undefined,
  };
}

interface SourceModel {
  readonly source: string;
  readonly modelId: string;
  readonly runId: string | undefined;
}

function ofLoggedModel(context: StoreContext, { source, modelId, runId }: SourceModel): VersionSource {
  const model = openLoggedModel(context, modelId);
  return {
    source,
    storageLocation: modelArtifactUri(model),
    runId: runId ?? runOfModel(context, modelId),
    modelId,
  };
}

function runOfModel(context: StoreContext, modelId: string): string | undefined {
  return metaText(openLoggedModel(context, modelId).meta, 'source_run_id') || undefined;
}

/** Where the files of a version are now, by its description. */
export function locationOf(context: StoreContext, meta: Meta): string {
  const source = metaText(meta, 'source');
  const location = metaText(meta, 'storage_location') || source;
  const [, modelId] = /^models:\/([^/]+)$/.exec(source) ?? [];
  if (modelId !== undefined) return artifactsOfModel(context, modelId) ?? location;
  const [, runId, path = ''] = /^runs:\/([^/]+)(?:\/(.*))?$/.exec(location) ?? [];
  if (runId === undefined) return location;
  const artifacts = artifactUriOf(findRunFolder(context, runId));
  return path === '' ? artifacts : uriBelow(artifacts, path);
}

/** A model that was deleted since leaves its files. */
function artifactsOfModel(context: StoreContext, modelId: string): string | undefined {
  try {
    return modelArtifactUri(openLoggedModel(context, modelId));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

type Origin = Pick<VersionSource, 'source' | 'runId' | 'modelId'>;

/** A version could otherwise serve any file of this machine. */
function assertPathIsOwn(context: StoreContext, { source, runId, modelId }: Origin): void {
  const path = localPathOf(source);
  if (path === undefined) return;
  const roots = [
    ...(runId === undefined ? [] : [artifactUriOf(findRunFolder(context, runId))]),
    ...(modelId === undefined ? [] : [modelArtifactUri(openLoggedModel(context, modelId))]),
  ];
  if (roots.some((root) => isWithin(path, localPathOf(root)))) return;
  throw invalidValue(
    `Cannot register "${source}": a path must lie in the artifacts of the run or logged model that is given with it; upload the files there`,
    { source, runId, modelId },
  );
}

function isWithin(path: string, root: string | undefined): boolean {
  if (root === undefined) return false;
  const way = relative(root, join(path));
  return !way.startsWith('..') && !isAbsolute(way);
}
