import type { LoggedModelOrder } from '../api/logged-models.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import { invalidValue } from '../faults.js';
import { jsonHandler, type Handler } from './call.js';
import {
  messageList,
  optionalChoice,
  optionalFlag,
  optionalText,
  requiredText,
  textList,
  textPairs,
} from './fields.js';
import type { Message } from './message.js';
import { pageOf } from './pages.js';
import { valueIn } from './router.js';
import { loggedModelAnswer, pageAnswer } from './wire-answers.js';

const statuses = ['LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED'] as const;

type LoggedModelEndpoint =
  | 'createLoggedModel'
  | 'searchLoggedModels'
  | 'getLoggedModel'
  | 'finalizeLoggedModel'
  | 'deleteLoggedModel'
  | 'setLoggedModelTags'
  | 'deleteLoggedModelTag'
  | 'logLoggedModelParams';

/** The endpoints of logged models; their files are answered elsewhere. */
export function loggedModelRoutes(store: StoreMethods): Record<LoggedModelEndpoint, Handler> {
  return {
    createLoggedModel: jsonHandler(async (message) => ({ model: await createLoggedModel(store, message) })),
    searchLoggedModels: jsonHandler((message) => searchLoggedModels(store, message)),
    getLoggedModel: jsonHandler(async (_message, path) => ({
      model: loggedModelAnswer(await store.getLoggedModel(valueIn(path, 'model_id'))),
    })),
    finalizeLoggedModel: jsonHandler(async (message, path) => {
      const model = await store.finalizeLoggedModel(valueIn(path, 'model_id'), readFinalStatus(message));
      return { model: loggedModelAnswer(model) };
    }),
    deleteLoggedModel: changeModel((modelId) => store.deleteLoggedModel(modelId)),
    setLoggedModelTags: changeModel((modelId, message) =>
      store.setLoggedModelTags(modelId, textPairs(message, 'tags')),
    ),
    deleteLoggedModelTag: jsonHandler(async (_message, path) => {
      await store.deleteLoggedModelTag(valueIn(path, 'model_id'), valueIn(path, 'tag_key'));
      return {};
    }),
    logLoggedModelParams: changeModel((modelId, message) =>
      store.logLoggedModelParams(modelId, textPairs(message, 'params')),
    ),
  };
}

function changeModel(change: (modelId: string, message: Message) => Promise<void>): Handler {
  return jsonHandler(async (message, path) => {
    await change(valueIn(path, 'model_id'), message);
    return {};
  });
}

async function createLoggedModel(store: StoreMethods, message: Message): Promise<object> {
  const name = optionalText(message, 'name');
  const modelType = optionalText(message, 'model_type');
  const sourceRunId = optionalText(message, 'source_run_id');
  const model = await store.createLoggedModel({
    experimentId: requiredText(message, 'experiment_id'),
    params: textPairs(message, 'params'),
    tags: textPairs(message, 'tags'),
    ...(name !== undefined && { name }),
    ...(modelType !== undefined && { modelType }),
    ...(sourceRunId !== undefined && { sourceRunId }),
  });
  return loggedModelAnswer(model);
}

function readFinalStatus(message: Message): 'READY' | 'UPLOAD_FAILED' {
  const status = optionalChoice(message, 'status', statuses);
  if (status === 'LOGGED_MODEL_READY') return 'READY';
  if (status === 'LOGGED_MODEL_UPLOAD_FAILED') return 'UPLOAD_FAILED';
  throw invalidValue(
    'Cannot finalize the logged model: its "status" must be LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED',
    { status },
  );
}

async function searchLoggedModels(store: StoreMethods, message: Message): Promise<object> {
  const filter = optionalText(message, 'filter');
  const found = store.searchLoggedModels({
    experimentIds: textList(message, 'experiment_ids'),
    datasets: messageList(message, 'datasets').map(readDataset),
    orderBy: messageList(message, 'order_by').map(readOrder),
    ...(filter !== undefined && { filter }),
  });
  const page = await pageOf(found, message, { byDefault: 50, atMost: 1000 });
  return pageAnswer('models', page, loggedModelAnswer);
}

function readDataset(message: Message): { name: string; digest?: string } {
  const digest = optionalText(message, 'dataset_digest');
  return { name: requiredText(message, 'dataset_name'), ...(digest !== undefined && { digest }) };
}

function readOrder(message: Message): LoggedModelOrder {
  const datasetName = optionalText(message, 'dataset_name');
  const datasetDigest = optionalText(message, 'dataset_digest');
  return {
    fieldName: requiredText(message, 'field_name'),
    ascending: optionalFlag(message, 'ascending') ?? true,
    ...(datasetName !== undefined && { datasetName }),
    ...(datasetDigest !== undefined && { datasetDigest }),
  };
}
