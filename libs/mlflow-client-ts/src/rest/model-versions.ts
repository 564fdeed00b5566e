import type {
  CreateModelVersion,
  ModelVersion,
  ModelVersionMethods,
  ModelVersionReading,
  ModelVersionSearch,
} from '../api/model-versions.js';
import type { Paged } from '../api/paged.js';
import { isInvalid, isNotFound } from '../error-guards.js';
import { filterText } from '../search/filter-builder.js';
import { withAliases } from './aliases.js';
import { callApi, callForObject, type RestContext } from './api.js';
import { assertSupported, loggedModels } from './features.js';
import { absentWhen, byRequestId, createOnce, recoverDelete } from './once.js';
import { pageSizes, restPaged, searchAction } from './pages.js';
import { assertSourceExists, ownersOf, resolveSource } from './version-source.js';
import { toModelVersion } from './wire/model-version.js';
import { wireList, wireText, type Wire } from './wire/values.js';

/** The model versions of a server. */
export function restModelVersions(context: RestContext): ModelVersionMethods {
  return { ...findingMethods(context), ...changingMethods(context) };
}

function findingMethods(context: RestContext): ModelVersionReading {
  return {
    getModelVersion: (name, version) => getModelVersion(context, name, version),
    async listModelVersions(name) {
      const versions = await pages(context, { filter: byName(name) }, `list the versions of model "${name}"`).all();
      return (await withAliases(context, versions)).sort((a, b) => Number(b.version) - Number(a.version));
    },
    searchModelVersions: (search = {}) => searchModelVersions(context, search),
    findModelVersionByAlias: (name, alias) => findByAlias(context, name, alias),
    async getModelVersionDownloadUri(name, version) {
      const action = `find the files of version ${version} of model "${name}"`;
      const call = { route: 'getModelVersionDownloadUri', query: { name, version }, action } as const;
      return resolveSource(context, wireText((await callApi(context, call))['artifact_uri']));
    },
  };
}

function changingMethods(context: RestContext): Omit<ModelVersionMethods, keyof ModelVersionReading> {
  return {
    createModelVersion: (version) => createModelVersion(context, version),
    async updateModelVersion(name, version, description) {
      const action = `update version ${version} of model "${name}"`;
      await callApi(context, { route: 'updateModelVersion', body: { name, version, description }, action });
      return getModelVersion(context, name, version); // older servers leave the aliases out of the answer
    },
    deleteModelVersion: (name, version) => deleteModelVersion(context, name, version),
    async setModelVersionTag(name, version, key, value) {
      const action = `set tag "${key}" of version ${version} of model "${name}"`;
      await callApi(context, { route: 'setModelVersionTag', body: { name, version, key, value }, action });
    },
    async deleteModelVersionTag(name, version, key) {
      const action = `delete tag "${key}" of version ${version} of model "${name}"`;
      await callApi(context, { route: 'deleteModelVersionTag', body: { name, version, key }, action });
    },
    async transitionModelVersionStage(name, version, stage, archiveExisting) {
      const action = `move version ${version} of model "${name}" to ${stage}`;
      const body = { name, version, stage, archive_existing_versions: archiveExisting };
      await callApi(context, { route: 'transitionModelVersionStage', body, action });
      return getModelVersion(context, name, version); // the answer lacks aliases
    },
  };
}

async function getModelVersion(context: RestContext, name: string, version: string): Promise<ModelVersion> {
  const action = `get version ${version} of model "${name}"`;
  const call = { route: 'getModelVersion', query: { name, version }, action } as const;
  return toModelVersion(await callForObject(context, call, 'model_version'));
}

async function createModelVersion(context: RestContext, version: CreateModelVersion): Promise<ModelVersion> {
  const { name, source, tags, description } = version;
  const { runId, modelId } = ownersOf(version);
  if (modelId !== undefined) await assertSupported(context, loggedModels); // an older server would drop it without a word
  await assertSourceExists(context, source);
  const answer = await createOnce(context, {
    call: { route: 'createModelVersion', action: `create a version of model "${name}"` },
    part: 'model_version',
    body: { name, source, run_id: runId, description, model_id: modelId },
    tags,
    find: (requestId) => findMade(context, name, requestId),
  });
  return toModelVersion(answer);
}

async function findMade(context: RestContext, name: string, requestId: string): Promise<Wire | undefined> {
  const query = { filter: `${byName(name)} and ${byRequestId(requestId)}`, max_results: 1 };
  const call = { route: 'searchModelVersions', action: 'find the version that was created' } as const;
  return wireList((await callApi(context, { ...call, query }))['model_versions'])[0];
}

// The filter language has no escape.
function byName(name: string): string {
  const quote = name.includes("'") ? '"' : "'";
  return `name = ${quote}${name}${quote}`;
}

function searchModelVersions(context: RestContext, search: ModelVersionSearch): Paged<ModelVersion> {
  const filter = filterText(search.filter);
  const { orderBy = ['last_updated_timestamp DESC'] } = search;
  const query = { filter, order_by: orderBy };
  return pages(context, query, searchAction('model versions', filter), (versions) => withAliases(context, versions));
}

interface Query {
  readonly filter: string | undefined;
  readonly order_by?: readonly string[];
}

function pages(
  context: RestContext,
  query: Query,
  action: string,
  complete: (versions: ModelVersion[]) => ModelVersion[] | Promise<ModelVersion[]> = (versions) => versions,
): Paged<ModelVersion> {
  return restPaged({
    ask: (page) => callApi(context, { route: 'searchModelVersions', query: { ...query, ...page }, action }),
    part: 'model_versions',
    convert: (items) => complete(items.map(toModelVersion)),
    sizes: pageSizes.modelVersions,
  });
}

async function findByAlias(context: RestContext, name: string, alias: string): Promise<ModelVersion | undefined> {
  const action = `find alias "${alias}" of model "${name}"`;
  const call = { route: 'getModelVersionByAlias', query: { name, alias }, action } as const;
  // An unknown alias is answered with INVALID_PARAMETER_VALUE, an unknown model with RESOURCE_DOES_NOT_EXIST, by 2.9 with the former.
  const isAbsence = (error: unknown): boolean => isNotFound(error) || isInvalid(error);
  const wire = await absentWhen(isAbsence, () => callForObject(context, call, 'model_version'));
  return wire === undefined ? undefined : toModelVersion(wire);
}

async function deleteModelVersion(context: RestContext, name: string, version: string): Promise<void> {
  const { aliases } = await getModelVersion(context, name, version);
  for (const alias of aliases) {
    const action = `delete alias "${alias}" of model "${name}"`;
    await callApi(context, { route: 'deleteRegisteredModelAlias', body: { name, alias }, action });
  }
  const action = `delete version ${version} of model "${name}"`;
  const recover = recoverDelete(() => getModelVersion(context, name, version));
  await callApi(context, { route: 'deleteModelVersion', body: { name, version }, action, recover });
}
