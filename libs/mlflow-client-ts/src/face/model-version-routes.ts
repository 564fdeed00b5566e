import type { StoreMethods } from '../api/mlflow-client.js';
import type { CreateModelVersion, ModelVersion } from '../api/model-versions.js';
import { jsonHandler, type Handler } from './call.js';
import { anyText, optionalFlag, optionalText, requiredText, textList, textPairs } from './fields.js';
import type { Message } from './message.js';
import { pageOf } from './pages.js';
import { proxyUri } from './artifact-uri.js';
import { readStage } from './registered-model-routes.js';
import { sourceInStore } from './version-source.js';
import { modelVersionAnswer, pageAnswer } from './wire-answers.js';

type ModelVersionEndpoint =
  | 'createModelVersion'
  | 'getModelVersion'
  | 'searchModelVersions'
  | 'updateModelVersion'
  | 'deleteModelVersion'
  | 'getModelVersionDownloadUri'
  | 'setModelVersionTag'
  | 'deleteModelVersionTag'
  | 'transitionModelVersionStage';

/** The endpoints of model versions. */
export function modelVersionRoutes(store: StoreMethods): Record<ModelVersionEndpoint, Handler> {
  return {
    createModelVersion: jsonHandler(async (message) => {
      const version = await store.createModelVersion(await readNewVersion(store, message));
      return { model_version: modelVersionAnswer(version) };
    }),
    getModelVersion: versionHandler((name, version) => store.getModelVersion(name, version)),
    searchModelVersions: jsonHandler((message) => searchModelVersions(store, message)),
    updateModelVersion: versionHandler((name, version, message) =>
      message.one('description') === undefined
        ? store.getModelVersion(name, version)
        : store.updateModelVersion(name, version, anyText(message, 'description')),
    ),
    deleteModelVersion: changeVersion((name, version) => store.deleteModelVersion(name, version)),
    getModelVersionDownloadUri: jsonHandler(async (message) => {
      const uri = await store.getModelVersionDownloadUri(...readVersion(message));
      return { artifact_uri: proxyUri(uri) };
    }),
    setModelVersionTag: changeVersion((name, version, message) =>
      store.setModelVersionTag(name, version, requiredText(message, 'key'), anyText(message, 'value')),
    ),
    deleteModelVersionTag: changeVersion((name, version, message) =>
      store.deleteModelVersionTag(name, version, requiredText(message, 'key')),
    ),
    transitionModelVersionStage: versionHandler((name, version, message) => {
      const stage = readStage(requiredText(message, 'stage'));
      const archives = optionalFlag(message, 'archive_existing_versions') ?? false;
      return store.transitionModelVersionStage(name, version, stage, archives);
    }),
  };
}

function readVersion(message: Message): [name: string, version: string] {
  return [requiredText(message, 'name'), requiredText(message, 'version')];
}

function versionHandler(work: (name: string, version: string, message: Message) => Promise<ModelVersion>): Handler {
  return jsonHandler(async (message) => ({
    model_version: modelVersionAnswer(await work(...readVersion(message), message)),
  }));
}

function changeVersion(change: (name: string, version: string, message: Message) => Promise<void>): Handler {
  return jsonHandler(async (message) => {
    await change(...readVersion(message), message);
    return {};
  });
}

async function readNewVersion(store: StoreMethods, message: Message): Promise<CreateModelVersion> {
  const runId = optionalText(message, 'run_id');
  const description = optionalText(message, 'description');
  const modelId = optionalText(message, 'model_id');
  return {
    name: requiredText(message, 'name'),
    source: await sourceInStore(store, requiredText(message, 'source')),
    tags: textPairs(message, 'tags'),
    ...(runId !== undefined && { runId }),
    ...(description !== undefined && { description }),
    ...(modelId !== undefined && { modelId }),
  };
}

async function searchModelVersions(store: StoreMethods, message: Message): Promise<object> {
  const filter = optionalText(message, 'filter');
  const found = store.searchModelVersions({
    orderBy: textList(message, 'order_by'),
    ...(filter !== undefined && { filter }),
  });
  const page = await pageOf(found, message, { byDefault: 10_000, atMost: 200_000 });
  return pageAnswer('model_versions', page, modelVersionAnswer);
}
