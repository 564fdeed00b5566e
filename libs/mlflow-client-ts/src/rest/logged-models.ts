import type {
  CreateLoggedModel,
  LoggedModel,
  LoggedModelMethods,
  LoggedModelOrder,
  LoggedModelSearch,
} from '../api/logged-models.js';
import type { Paged } from '../api/paged.js';
import { unsupported } from '../faults.js';
import { filterText } from '../search/filter-builder.js';
import { callApi, callForObject, type ApiCall, type RestContext } from './api.js';
import { loggedModels, whereSupported } from './features.js';
import { getLoggedModel } from './get-logged-model.js';
import { byRequestId, createOnce, recoverChange, recoverDelete } from './once.js';
import { pageSizes, restPaged, searchAction } from './pages.js';
import { fromLoggedModelStatus, toLoggedModel } from './wire/logged-model.js';
import { toPairs, wireList, type Wire } from './wire/values.js';

/** The logged models of a server. */
export function restLoggedModels(context: RestContext): LoggedModelMethods {
  return { ...modelMethods(context), ...contentMethods(context) };
}

type ContentMethods = Pick<LoggedModelMethods, 'setLoggedModelTags' | 'deleteLoggedModelTag' | 'logLoggedModelParams'>;

function modelMethods(context: RestContext): Omit<LoggedModelMethods, keyof ContentMethods> {
  return {
    createLoggedModel: (model) => createLoggedModel(context, model),
    async finalizeLoggedModel(modelId, status) {
      const body = { model_id: modelId, status: fromLoggedModelStatus(status) }; // the id in the path is not enough
      const call = { route: 'finalizeLoggedModel', action: `end the upload of model "${modelId}"` } as const;
      return toLoggedModel(await askForModel(context, { ...call, path: { model_id: modelId }, body }));
    },
    getLoggedModel: (modelId) => getLoggedModel(context, modelId),
    async deleteLoggedModel(modelId) {
      const recover = recoverDelete(() => getLoggedModel(context, modelId));
      const call = { route: 'deleteLoggedModel', action: `delete model "${modelId}"`, recover } as const;
      await ask(context, { ...call, path: { model_id: modelId } });
    },
    searchLoggedModels: (search) => searchLoggedModels(context, search),
  };
}

function contentMethods(context: RestContext): ContentMethods {
  return {
    async setLoggedModelTags(modelId, tags) {
      const call = { route: 'setLoggedModelTags', action: `set tags of model "${modelId}"` } as const;
      await ask(context, { ...call, path: { model_id: modelId }, body: { tags: toPairs(tags) } });
    },
    async deleteLoggedModelTag(modelId, key) {
      const action = `delete tag "${key}" of model "${modelId}"`;
      // The key is part of the path, in which a server takes even an encoded slash for the end of the part.
      if (key.includes('/'))
        throw unsupported(`Cannot ${action}: a server cannot be told a key with "/"; set the tag to ""`, { key });
      const recover = recoverDelete(
        () => getLoggedModel(context, modelId),
        ({ tags }) => !(key in tags),
      );
      await ask(context, { route: 'deleteLoggedModelTag', path: { model_id: modelId, tag_key: key }, action, recover });
    },
    async logLoggedModelParams(modelId, params) {
      // A database refuses a param that it has, even of the same value.
      const recover = recoverChange(async () => {
        const { params: known } = await getLoggedModel(context, modelId);
        return Object.entries(params).every(([key, value]) => known[key] === value);
      });
      const body = { model_id: modelId, params: toPairs(params) };
      const call = { route: 'logLoggedModelParams', action: `log params to model "${modelId}"`, recover } as const;
      await ask(context, { ...call, path: { model_id: modelId }, body });
    },
  };
}

function ask(context: RestContext, call: ApiCall): Promise<Wire> {
  return whereSupported(context, loggedModels, () => callApi(context, call));
}

function askForModel(context: RestContext, call: ApiCall): Promise<Wire> {
  return whereSupported(context, loggedModels, () => callForObject(context, call, 'model'));
}

async function createLoggedModel(context: RestContext, model: CreateLoggedModel): Promise<LoggedModel> {
  const { experimentId, name, modelType, sourceRunId, params = {}, tags } = model;
  const body = {
    experiment_id: experimentId,
    name,
    model_type: modelType,
    source_run_id: sourceRunId,
    params: toPairs(params),
  };
  const answer = await whereSupported(context, loggedModels, () =>
    createOnce(context, {
      call: { route: 'createLoggedModel', action: `create a model in experiment "${experimentId}"` },
      part: 'model',
      body,
      tags,
      find: (requestId) => findMade(context, experimentId, requestId),
    }),
  );
  return toLoggedModel(answer);
}

async function findMade(context: RestContext, experimentId: string, requestId: string): Promise<Wire | undefined> {
  const body = { experiment_ids: [experimentId], filter: byRequestId(requestId), max_results: 1 };
  const answer = await callApi(context, {
    route: 'searchLoggedModels',
    body,
    action: 'find the model that was created',
  });
  return wireList(answer['models'])[0];
}

/** The token of a page holds for the same search only: everything but the token stays the same from page to page. */
function searchLoggedModels(context: RestContext, search: LoggedModelSearch): Paged<LoggedModel> {
  const { experimentIds, datasets = [], orderBy = [] } = search;
  const filter = filterText(search.filter);
  const body = {
    experiment_ids: experimentIds,
    filter,
    ...(datasets.length > 0 && { datasets: datasets.map(fromDataset) }),
    ...(orderBy.length > 0 && { order_by: orderBy.map(fromOrder) }),
  };
  const call = { route: 'searchLoggedModels', action: searchAction('logged models', filter) } as const;
  return restPaged({
    ask: (page) => ask(context, { ...call, body: { ...body, ...page } }),
    part: 'models',
    convert: (items) => items.map(toLoggedModel),
    sizes: pageSizes.loggedModels,
  });
}

function fromDataset({ name, digest }: { readonly name: string; readonly digest?: string }): object {
  return { dataset_name: name, dataset_digest: digest };
}

function fromOrder({ fieldName, ascending = true, datasetName, datasetDigest }: LoggedModelOrder): object {
  return { field_name: fieldName, ascending, dataset_name: datasetName, dataset_digest: datasetDigest };
}
