import type { LoggedModel, LoggedModelMethods, LoggedModelSearch } from '../api/logged-models.js';
import { invalidValue, notFound } from '../faults.js';
import { loggedModelReader } from '../search/entity-values.js';
import { searchLoggedModelsInMemory } from '../search/search.js';
import { atOnce } from './at-once.js';
import { createLoggedModel } from './create-logged-model.js';
import { findExperiment } from './experiment-folder.js';
import {
  listLoggedModels,
  modelStatusNumbers,
  openLoggedModel,
  readLoggedModel,
  type LoggedModelOnDisk,
} from './logged-model-folder.js';
import { metaText, writeMeta, type Meta } from './meta.js';
import { pagedList } from './paged-list.js';
import type { StoreContext } from './store-context.js';
import { readValueSync, removeValue, writeValues } from './value-files.js';

const mostPerPage = 1000;

/** The logged models of a file store. */
export function fileLoggedModels(context: StoreContext): LoggedModelMethods {
  const { files } = context;
  const change = (modelId: string, work: (model: LoggedModelOnDisk) => Promise<void>): Promise<void> =>
    changeLoggedModel(context, modelId, work);
  return {
    createLoggedModel: (model) => createLoggedModel(context, model),
    async finalizeLoggedModel(modelId, status) {
      await change(modelId, (model) => writeChanges(context, model, { status: modelStatusNumbers[status] }));
      return readLoggedModel(openLoggedModel(context, modelId));
    },
    getLoggedModel: atOnce((modelId) => readLoggedModel(openLoggedModel(context, modelId))),
    deleteLoggedModel: (modelId) =>
      change(modelId, (model) => writeChanges(context, model, { lifecycle_stage: 'deleted' })),
    searchLoggedModels: (search) => pagedList(() => searchLoggedModels(context, search), mostPerPage),
    setLoggedModelTags: (modelId, tags) =>
      change(modelId, ({ path }) => writeValues(files, path, 'tags', Object.entries(tags))),
    deleteLoggedModelTag: (modelId, key) =>
      change(modelId, async ({ path }) => {
        if (readValueSync(path, 'tags', key) === undefined) throw noTag(modelId, key);
        await removeValue(files, path, 'tags', key);
      }),
    logLoggedModelParams: (modelId, params) =>
      change(modelId, async (model) => {
        const newParams = Object.entries(params).filter(([key, value]) => isNewParam(model, key, value));
        await writeValues(files, model.path, 'params', newParams);
      }),
  };
}

/** Does work in a logged model while nobody else does. */
export async function changeLoggedModel(
  context: StoreContext,
  modelId: string,
  work: (model: LoggedModelOnDisk) => Promise<void>,
): Promise<void> {
  const { path } = openLoggedModel(context, modelId);
  await context.locks.run(path, () => work(openLoggedModel(context, modelId)));
}

async function writeChanges(
  { files, now }: StoreContext,
  { path, meta }: LoggedModelOnDisk,
  changes: Meta,
): Promise<void> {
  await writeMeta(files, path, { ...meta, ...changes, last_updated_timestamp: now() });
}

function noTag(modelId: string, key: string): Error {
  return notFound(
    `Cannot delete tag "${key}" of logged model "${modelId}": it has no such tag; see the tags of the model`,
    {
      modelId,
      key,
    },
  );
}

function isNewParam({ path, meta }: LoggedModelOnDisk, key: string, value: string): boolean {
  const known = readValueSync(path, 'params', key);
  if (known === undefined || known === value) return known === undefined;
  throw invalidValue(
    `Cannot log param "${key}" of logged model "${metaText(meta, 'model_id')}" as ${JSON.stringify(value)}: it is already ${JSON.stringify(known)}, and params are immutable; use another key`,
    { key, known, value },
  );
}

function searchLoggedModels(context: StoreContext, { experimentIds, ...search }: LoggedModelSearch): LoggedModel[] {
  const experiments = [...new Set(experimentIds)]
    .map((experimentId) => findExperiment(context, experimentId))
    .filter((experiment) => experiment !== undefined);
  const models = experiments.flatMap(({ path }) => listLoggedModels(path)).map(readLoggedModel);
  return searchLoggedModelsInMemory(models, loggedModelReader, search);
}
