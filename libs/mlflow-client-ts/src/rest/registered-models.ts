import type { ModelStage, ModelVersion } from '../api/model-versions.js';
import type { Paged } from '../api/paged.js';
import type {
  CreateRegisteredModel,
  RegisteredModel,
  RegisteredModelMethods,
  RegisteredModelSearch,
} from '../api/registered-models.js';
import { isAlreadyExists } from '../error-guards.js';
import { filterText } from '../search/filter-builder.js';
import { withAliases } from './aliases.js';
import { callApi, callForObject, type RestContext } from './api.js';
import { assertSupported, modelRenaming } from './features.js';
import { findRegisteredModel, getRegisteredModel } from './find-registered-model.js';
import { createOnce, madeBy, recoverDelete } from './once.js';
import { pageSizes, restPaged, searchAction } from './pages.js';
import { toModelVersion } from './wire/model-version.js';
import { toRegisteredModel } from './wire/registered-model.js';
import { wireList, type Wire } from './wire/values.js';

/** The registered models of a server. */
export function restRegisteredModels(context: RestContext): RegisteredModelMethods {
  return { ...modelMethods(context), ...labelMethods(context) };
}

type LabelMethods = Pick<
  RegisteredModelMethods,
  'setRegisteredModelTag' | 'deleteRegisteredModelTag' | 'setRegisteredModelAlias' | 'deleteRegisteredModelAlias'
>;

function modelMethods(context: RestContext): Omit<RegisteredModelMethods, keyof LabelMethods> {
  return {
    createRegisteredModel: (model) => createRegisteredModel(context, model),
    async ensureRegisteredModel(name) {
      try {
        await createRegisteredModel(context, { name });
      } catch (error) {
        if (!isAlreadyExists(error)) throw error;
      }
    },
    findRegisteredModel: (name) => findRegisteredModel(context, name),
    searchRegisteredModels: (search = {}) => searchRegisteredModels(context, search),
    renameRegisteredModel: (name, newName) => renameRegisteredModel(context, name, newName),
    async updateRegisteredModel(name, description) {
      const call = { route: 'updateRegisteredModel', action: `update model "${name}"` } as const;
      return toRegisteredModel(
        await callForObject(context, { ...call, body: { name, description } }, 'registered_model'),
      );
    },
    async deleteRegisteredModel(name) {
      const recover = recoverDelete(() => getRegisteredModel(context, name));
      const call = { route: 'deleteRegisteredModel', body: { name }, action: `delete model "${name}"` } as const;
      await callApi(context, { ...call, recover });
    },
    getLatestVersions: (name, stages) => getLatestVersions(context, name, stages),
  };
}

function labelMethods(context: RestContext): LabelMethods {
  return {
    async setRegisteredModelTag(name, key, value) {
      const action = `set tag "${key}" of model "${name}"`;
      await callApi(context, { route: 'setRegisteredModelTag', body: { name, key, value }, action });
    },
    async deleteRegisteredModelTag(name, key) {
      const action = `delete tag "${key}" of model "${name}"`;
      await callApi(context, { route: 'deleteRegisteredModelTag', body: { name, key }, action });
    },
    async setRegisteredModelAlias(name, alias, version) {
      const action = `give alias "${alias}" to version ${version} of model "${name}"`;
      await callApi(context, { route: 'setRegisteredModelAlias', body: { name, alias, version }, action });
    },
    async deleteRegisteredModelAlias(name, alias) {
      const action = `delete alias "${alias}" of model "${name}"`;
      await callApi(context, { route: 'deleteRegisteredModelAlias', body: { name, alias }, action });
    },
  };
}

async function createRegisteredModel(
  context: RestContext,
  { name, description, tags }: CreateRegisteredModel,
): Promise<RegisteredModel> {
  const get = (): Promise<Wire> => getRegisteredModel(context, name);
  const answer = await createOnce(context, {
    call: { route: 'createRegisteredModel', action: `register model "${name}"` },
    part: 'registered_model',
    body: { name, description },
    tags,
    find: (requestId) => madeBy(requestId, get, (model) => model['tags']),
  });
  return toRegisteredModel(answer);
}

function searchRegisteredModels(context: RestContext, search: RegisteredModelSearch): Paged<RegisteredModel> {
  const filter = filterText(search.filter);
  const query = { filter, order_by: search.orderBy };
  const action = searchAction('registered models', filter);
  return restPaged({
    ask: (page) => callApi(context, { route: 'searchRegisteredModels', query: { ...query, ...page }, action }),
    part: 'registered_models',
    convert: (items) => items.map(toRegisteredModel),
    sizes: pageSizes.registeredModels,
  });
}

async function renameRegisteredModel(context: RestContext, name: string, newName: string): Promise<RegisteredModel> {
  await assertSupported(context, modelRenaming);
  const recover = async (): Promise<Wire | undefined> => {
    if ((await findRegisteredModel(context, name)) !== undefined) return undefined;
    return { registered_model: await getRegisteredModel(context, newName) };
  };
  const call = { route: 'renameRegisteredModel', action: `rename model "${name}" to "${newName}"`, recover } as const;
  const answer = await callForObject(context, { ...call, body: { name, new_name: newName } }, 'registered_model');
  return toRegisteredModel(answer);
}

const stageOrder: readonly ModelStage[] = ['None', 'Staging', 'Production', 'Archived'];

async function getLatestVersions(
  context: RestContext,
  name: string,
  stages: readonly ModelStage[] = [],
): Promise<ModelVersion[]> {
  const call = { route: 'getLatestVersions', action: `get the latest versions of model "${name}"` } as const;
  const answer = await callApi(context, { ...call, body: { name, ...(stages.length > 0 && { stages }) } });
  const versions = await withAliases(context, wireList(answer['model_versions']).map(toModelVersion));
  return versions.sort((a, b) => stageOrder.indexOf(a.currentStage) - stageOrder.indexOf(b.currentStage));
}
