import type { Capabilities } from '../api/server.js';
import { isMlflowError } from '../errors.js';
import { isFaceVersion } from '../face/face-version.js';
import { unsupported } from '../faults.js';
import type { RestContext } from './api.js';

/** What only some servers have, and since when. */
export interface Feature {
  readonly what: string;
  readonly since: string;
  has(capabilities: Capabilities): boolean;
}

/** Logged models, and the outputs of runs. */
export const loggedModels: Feature = {
  what: 'logged models',
  since: 'MLflow 3.0 or newer',
  has: ({ hasLoggedModels }) => hasLoggedModels,
};

/** Calls of the server to others when the registry changes. */
export const webhooks: Feature = {
  what: 'webhooks',
  since: 'MLflow 3.3 or newer, over a database',
  has: ({ hasWebhooks }) => hasWebhooks,
};

/** Deleting a tag of an experiment. */
export const experimentTagDeletion: Feature = {
  what: 'the deletion of tags of experiments',
  since: 'MLflow 3.2 or newer',
  has: ({ hasExperimentTagDeletion }) => hasExperimentTagDeletion,
};

/** Renaming models: a file store of MLflow's loses aliases and tags by it, and stops half-way at the first version that has a tag. */
export const modelRenaming: Feature = {
  what: 'the renaming of models',
  since: 'a server over a database',
  has: ({ storeType, serverVersion }) => storeType !== 'FileStore' || isFaceVersion(serverVersion),
};

/** The answer of `call`; a server that lacks the feature does not know the endpoint, which is told as MLFLOW_UNSUPPORTED. */
export async function whereSupported<T>(context: RestContext, feature: Feature, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isUnknownEndpoint(error)) await assertSupported(context, feature);
    throw error;
  }
}

/** Refuses to go on with a server that lacks the feature. */
export async function assertSupported(context: RestContext, feature: Feature): Promise<void> {
  const capabilities = await context.capabilities();
  if (feature.has(capabilities)) return;
  const { serverVersion = 'of unknown version', storeType } = capabilities;
  const { baseUrl } = context.http;
  throw unsupported(
    `Cannot use ${feature.what}: ${baseUrl} runs MLflow ${serverVersion} over ${storeNames[storeType]}; it takes ${feature.since}`,
    { serverVersion, storeType },
  );
}

const storeNames = { SqlStore: 'a database', FileStore: 'a file store', unknown: 'a store it does not name' } as const;

/** Whether a server answered that it has no such endpoint: with a page, not with an error of MLflow's. */
export function isUnknownEndpoint(error: unknown): boolean {
  return isMlflowError(error, 'MLFLOW_BAD_RESPONSE') && (error.httpStatus === 404 || error.httpStatus === 405);
}
