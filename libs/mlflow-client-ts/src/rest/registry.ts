import type { CreateModelVersion, ModelVersion } from '../api/model-versions.js';
import type { RegisteredModel } from '../api/registered-models.js';
import { isNotFound } from '../error-guards.js';
import { isMlflowError } from '../errors.js';
import { callApi, callForObject, type ApiCall } from './api.js';
import type { Http } from './http.js';
import { collectPages } from './pages.js';
import { toModelVersion, toPairs, toRegisteredModel, wireList } from './wire.js';

const versionsPerPage = 1000;

/** The model registry of a server. */
export function restRegistry(http: Http): RegistryMethods {
  return {
    async ensureRegisteredModel(name) {
      try {
        await change(http, 'POST', 'registered-models/create', { name }, `register model "${name}"`);
      } catch (error) {
        if (!isMlflowError(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
      }
    },
    findRegisteredModel: (name) => findRegisteredModel(http, name),
    createModelVersion: (version) => createModelVersion(http, version),
    getModelVersion: (name, version) => getModelVersion(http, name, version),
    listModelVersions: (name) => listModelVersions(http, name),
    findModelVersionByAlias: (name, alias) => findByAlias(http, name, alias),
    async setModelVersionTag(name, version, key, value) {
      const action = `set tag "${key}" of version ${version} of model "${name}"`;
      await change(http, 'POST', 'model-versions/set-tag', { name, version, key, value }, action);
    },
    async transitionModelVersionStage(name, version, stage, archiveExisting) {
      const body = { name, version, stage, archive_existing_versions: archiveExisting };
      const action = `move version ${version} of model "${name}" to ${stage}`;
      await change(http, 'POST', 'model-versions/transition-stage', body, action);
      return getModelVersion(http, name, version); // the answer of the transition lacks aliases
    },
    async setRegisteredModelAlias(name, alias, version) {
      const action = `give alias "${alias}" to version ${version} of model "${name}"`;
      await change(http, 'POST', 'registered-models/alias', { name, alias, version }, action);
    },
    async deleteRegisteredModelAlias(name, alias) {
      await change(
        http,
        'DELETE',
        'registered-models/alias',
        { name, alias },
        `delete alias "${alias}" of model "${name}"`,
      );
    },
  };
}

// eslint-disable-next-line max-params -- method, path, body and action are what a call is
async function change(
  http: Http,
  method: ApiCall['method'],
  path: string,
  body: object,
  action: string,
): Promise<void> {
  await callApi(http, { method, path, body, action, isIdempotent: true });
}

async function undefinedWhen<T>(isAbsent: (error: unknown) => boolean, value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function findRegisteredModel(http: Http, name: string): Promise<RegisteredModel | undefined> {
  const call = { method: 'GET', path: 'registered-models/get', query: { name } } as const;
  const action = `find model "${name}"`;
  const answer = callForObject(http, { ...call, action, isIdempotent: true }, 'registered_model');
  const wire = await undefinedWhen(isNotFound, answer);
  return wire === undefined ? undefined : toRegisteredModel(wire);
}

async function createModelVersion(http: Http, version: CreateModelVersion): Promise<ModelVersion> {
  const { name, source, runId, tags = {}, description } = version;
  const body = { name, source, run_id: runId, tags: toPairs(tags), description };
  const action = `create a version of model "${name}"`;
  const call = { method: 'POST', path: 'model-versions/create', body, action } as const;
  // A repeated call would make a second version.
  return toModelVersion(await callForObject(http, { ...call, isIdempotent: false }, 'model_version'));
}

async function getModelVersion(http: Http, name: string, version: string): Promise<ModelVersion> {
  const call = { method: 'GET', path: 'model-versions/get', query: { name, version } } as const;
  const action = `get version ${version} of model "${name}"`;
  return toModelVersion(await callForObject(http, { ...call, action, isIdempotent: true }, 'model_version'));
}

async function listModelVersions(http: Http, name: string): Promise<ModelVersion[]> {
  const quote = name.includes("'") ? '"' : "'"; // the filter language has no escape
  const query = { filter: `name=${quote}${name}${quote}` };
  const action = `list the versions of model "${name}"`;
  const found = await collectPages(
    (page) =>
      callApi(http, {
        method: 'GET',
        path: 'model-versions/search',
        query: { ...query, ...page },
        action,
        isIdempotent: true,
      }),
    (answer) => wireList(answer['model_versions']),
    { pageSize: versionsPerPage },
  );
  if (found.length === 0) return [];
  const aliases = Object.entries((await findRegisteredModel(http, name))?.aliases ?? {});
  return found
    .map(toModelVersion)
    .map((version) => ({ ...version, aliases: aliasesOf(aliases, version.version) }))
    .sort((a, b) => Number(b.version) - Number(a.version));
}

// A search answer never contains the aliases.
function aliasesOf(aliases: readonly (readonly [string, string])[], version: string): string[] {
  return aliases
    .filter(([, target]) => target === version)
    .map(([alias]) => alias)
    .sort();
}

function findByAlias(http: Http, name: string, alias: string): Promise<ModelVersion | undefined> {
  const call = { method: 'GET', path: 'registered-models/alias', query: { name, alias } } as const;
  const action = `find alias "${alias}" of model "${name}"`;
  // An unknown alias is answered with INVALID_PARAMETER_VALUE, an unknown model with RESOURCE_DOES_NOT_EXIST.
  const isAbsent = (error: unknown): boolean => isNotFound(error) || isMlflowError(error, 'INVALID_PARAMETER_VALUE');
  const answer = callForObject(http, { ...call, action, isIdempotent: true }, 'model_version');
  return undefinedWhen(isAbsent, answer.then(toModelVersion));
}
