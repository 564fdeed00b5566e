import type { StoreMethods } from '../api/mlflow-client.js';
import type { ModelStage } from '../api/model-versions.js';
import type { RegisteredModel } from '../api/registered-models.js';
import { invalidValue, notFound } from '../faults.js';
import { jsonHandler, type Handler } from './call.js';
import { anyText, optionalText, requiredText, textList, textPairs } from './fields.js';
import type { Message } from './message.js';
import { pageOf } from './pages.js';
import { listAnswer, modelVersionAnswer, pageAnswer, registeredModelAnswer } from './wire-answers.js';

const stages: readonly ModelStage[] = ['None', 'Staging', 'Production', 'Archived'];

type RegisteredModelEndpoint =
  | 'createRegisteredModel'
  | 'getRegisteredModel'
  | 'searchRegisteredModels'
  | 'renameRegisteredModel'
  | 'updateRegisteredModel'
  | 'deleteRegisteredModel'
  | 'setRegisteredModelTag'
  | 'deleteRegisteredModelTag'
  | 'setRegisteredModelAlias'
  | 'deleteRegisteredModelAlias'
  | 'getModelVersionByAlias'
  | 'getLatestVersions'
  | 'getLatestVersionsByGet';

/** The endpoints of registered models. */
export function registeredModelRoutes(store: StoreMethods): Record<RegisteredModelEndpoint, Handler> {
  const latestVersions = jsonHandler(async (message) => {
    const asked = textList(message, 'stages').map(readStage);
    const versions = await store.getLatestVersions(requiredText(message, 'name'), asked.length === 0 ? stages : asked);
    return listAnswer('model_versions', versions.map(modelVersionAnswer));
  });
  return {
    createRegisteredModel: modelHandler(store, (name, message) => createRegisteredModel(store, name, message)),
    getRegisteredModel: modelHandler(store, (name) => findModel(store, name)),
    searchRegisteredModels: jsonHandler((message) => searchRegisteredModels(store, message)),
    renameRegisteredModel: modelHandler(store, (name, message) =>
      store.renameRegisteredModel(name, requiredText(message, 'new_name')),
    ),
    updateRegisteredModel: modelHandler(store, (name, message) =>
      store.updateRegisteredModel(name, anyText(message, 'description')),
    ),
    deleteRegisteredModel: changeModel((name) => store.deleteRegisteredModel(name)),
    setRegisteredModelTag: changeModel((name, message) =>
      store.setRegisteredModelTag(name, requiredText(message, 'key'), anyText(message, 'value')),
    ),
    deleteRegisteredModelTag: changeModel((name, message) =>
      store.deleteRegisteredModelTag(name, requiredText(message, 'key')),
    ),
    setRegisteredModelAlias: changeModel((name, message) =>
      store.setRegisteredModelAlias(name, requiredText(message, 'alias'), requiredText(message, 'version')),
    ),
    deleteRegisteredModelAlias: changeModel((name, message) =>
      store.deleteRegisteredModelAlias(name, requiredText(message, 'alias')),
    ),
    getModelVersionByAlias: jsonHandler((message) => findByAlias(store, message)),
    getLatestVersions: latestVersions,
    getLatestVersionsByGet: latestVersions,
  };
}

/** A stage in any case, as servers take it. */
export function readStage(text: string): ModelStage {
  const stage = stages.find((each) => each.toLowerCase() === text.toLowerCase());
  if (stage !== undefined) return stage;
  throw invalidValue(`Cannot use ${JSON.stringify(text)} as stage: it is one of ${stages.join(', ')}`, { stage: text });
}

function modelHandler(
  store: StoreMethods,
  work: (name: string, message: Message) => Promise<RegisteredModel>,
): Handler {
  return jsonHandler(async (message) => {
    const model = await work(requiredText(message, 'name'), message);
    return { registered_model: await answerModel(store, model) };
  });
}

function changeModel(change: (name: string, message: Message) => Promise<void>): Handler {
  return jsonHandler(async (message) => {
    await change(requiredText(message, 'name'), message);
    return {};
  });
}

async function answerModel(store: StoreMethods, model: RegisteredModel): Promise<object> {
  return registeredModelAnswer(model, await store.getLatestVersions(model.name));
}

async function findModel(store: StoreMethods, name: string): Promise<RegisteredModel> {
  const model = await store.findRegisteredModel(name);
  if (model !== undefined) return model;
  throw notFound(`Cannot find registered model "${name}": there is none of that name`, { name });
}

function createRegisteredModel(store: StoreMethods, name: string, message: Message): Promise<RegisteredModel> {
  const description = optionalText(message, 'description');
  const tags = textPairs(message, 'tags');
  return store.createRegisteredModel({ name, tags, ...(description !== undefined && { description }) });
}

async function searchRegisteredModels(store: StoreMethods, message: Message): Promise<object> {
  const filter = optionalText(message, 'filter');
  const found = store.searchRegisteredModels({
    orderBy: textList(message, 'order_by'),
    ...(filter !== undefined && { filter }),
  });
  const { items, ...page } = await pageOf(found, message, { byDefault: 100, atMost: 1000 });
  const models: object[] = [];
  for (const model of items) models.push(await answerModel(store, model));
  return pageAnswer('registered_models', { items: models, ...page }, (model) => model);
}

// Servers answer an unknown alias with 400, an unknown model with 404.
async function findByAlias(store: StoreMethods, message: Message): Promise<object> {
  const name = requiredText(message, 'name');
  const alias = requiredText(message, 'alias');
  const version = await store.findModelVersionByAlias(name, alias);
  if (version !== undefined) return { model_version: modelVersionAnswer(version) };
  await findModel(store, name);
  throw invalidValue(`Cannot find alias "${alias}" of registered model "${name}": it has no such alias`, {
    name,
    alias,
  });
}
