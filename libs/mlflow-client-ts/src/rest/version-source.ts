import type { CreateModelVersion } from '../api/model-versions.js';
import { callForObject, type RestContext } from './api.js';
import { getRun } from './get-run.js';
import { getLoggedModel } from './get-logged-model.js';

const runSource = /^runs:\/+([^/]+)(?:\/(.*))?$/;
const loggedModelSource = /^models:\/+(m-[^/]+)\/*$/;
const versionSource = /^models:\/+([^/@]+)\/(\d+)\/*$/;

/** The run and the logged model of a version: a server of 3.17 refuses a source whose owner is not named beside it. */
export function ownersOf({ source, runId, modelId }: CreateModelVersion): {
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
} {
  return { runId: runId ?? runSource.exec(source)?.[1], modelId: modelId ?? loggedModelSource.exec(source)?.[1] };
}

/** Fails when the model that a source names does not exist: a server would answer with a failure of its own (HTTP 500), as if it were worth a repetition. */
export async function assertSourceExists(context: RestContext, source: string): Promise<void> {
  const [, modelId] = loggedModelSource.exec(source) ?? [];
  if (modelId !== undefined) await getLoggedModel(context, modelId);
  const [, name, version] = versionSource.exec(source) ?? [];
  if (name === undefined || version === undefined) return;
  const call = { route: 'getModelVersion', query: { name, version } } as const;
  await callForObject(context, { ...call, action: `use "${source}" as source of a version` }, 'model_version');
}

/** Where files are: a source that names a run or logged model as the artifact URI of theirs. */
export async function resolveSource(context: RestContext, source: string): Promise<string> {
  const [, runId, path = ''] = runSource.exec(source) ?? [];
  if (runId !== undefined) return below((await getRun(context, runId)).artifactUri, path);
  const [, modelId] = loggedModelSource.exec(source) ?? [];
  return modelId === undefined ? source : (await getLoggedModel(context, modelId)).artifactUri;
}

function below(uri: string, path: string): string {
  return path === '' ? uri : `${uri.replace(/\/+$/, '')}/${path}`;
}
