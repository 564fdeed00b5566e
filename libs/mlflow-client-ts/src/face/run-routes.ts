import type { Metric } from '../api/metrics.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import type { CreateRun, Run, RunStatus, RunUpdate } from '../api/runs.js';
import { invalidValue } from '../faults.js';
import { latestPointsOf } from '../latest-points.js';
import type { MlmodelJson } from '../model/mlmodel.js';
import { jsonHandler, type Handler } from './call.js';
import { viewTypes } from './experiment-routes.js';
import {
  anyText,
  messageList,
  optionalChoice,
  optionalInteger,
  optionalText,
  requiredText,
  textList,
  textPairs,
} from './fields.js';
import type { Message } from './message.js';
import { pageOf } from './pages.js';
import { readBatch, readDatasets, readMetric } from './run-data.js';
import { pageAnswer, runAnswer, runInfoAnswer } from './wire-answers.js';

const statuses: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

type RunEndpoint =
  | 'createRun'
  | 'updateRun'
  | 'deleteRun'
  | 'restoreRun'
  | 'getRun'
  | 'searchRuns'
  | 'logMetric'
  | 'logParam'
  | 'setTag'
  | 'deleteTag'
  | 'logBatch'
  | 'recordModel'
  | 'logInputs'
  | 'logOutputs';

/** The endpoints of runs. */
export function runRoutes(store: StoreMethods): Record<RunEndpoint, Handler> {
  return {
    createRun: jsonHandler(async (message) => {
      const run = await store.createRun(readNewRun(message));
      return { run: await answerRun(store, run) };
    }),
    updateRun: jsonHandler(async (message) => {
      const runId = readRunId(message);
      await store.updateRun(runId, readUpdate(message));
      return { run_info: runInfoAnswer(await store.getRun(runId)) };
    }),
    deleteRun: changeRun((runId) => store.deleteRun(runId)),
    restoreRun: changeRun((runId) => store.restoreRun(runId)),
    getRun: jsonHandler(async (message) => {
      const run = await store.getRun(readRunId(message));
      return { run: await answerRun(store, run) };
    }),
    searchRuns: jsonHandler((message) => searchRuns(store, message)),
    logMetric: changeRun((runId, message) => store.logMetric(runId, readMetric(message))),
    logParam: changeRun((runId, message) =>
      store.logParam(runId, requiredText(message, 'key'), anyText(message, 'value')),
    ),
    setTag: changeRun((runId, message) => store.setTag(runId, requiredText(message, 'key'), anyText(message, 'value'))),
    deleteTag: changeRun((runId, message) => store.deleteTag(runId, requiredText(message, 'key'))),
    logBatch: changeRun((runId, message) => store.logBatch(runId, readBatch(message))),
    recordModel: changeRun((runId, message) => store.recordModel(runId, readMlmodel(message))),
    logInputs: changeRun((runId, message) => {
      const modelIds = messageList(message, 'models').map((model) => requiredText(model, 'model_id'));
      return store.logInputs(runId, readDatasets(message), modelIds);
    }),
    logOutputs: changeRun((runId, message) =>
      store.logOutputs(
        runId,
        messageList(message, 'models').map((model) => ({
          modelId: requiredText(model, 'model_id'),
          step: optionalInteger(model, 'step') ?? 0,
        })),
      ),
    ),
  };
}

/** The run that a request is about, also by the name that clients before 1.0 send. */
export function readRunId(message: Message): string {
  return optionalText(message, 'run_id') ?? optionalText(message, 'run_uuid') ?? requiredText(message, 'run_id');
}

function changeRun(change: (runId: string, message: Message) => Promise<void>): Handler {
  return jsonHandler(async (message) => {
    await change(readRunId(message), message);
    return {};
  });
}

function readNewRun(message: Message): CreateRun {
  const runName = optionalText(message, 'run_name');
  const startTime = optionalInteger(message, 'start_time');
  return {
    experimentId: requiredText(message, 'experiment_id'),
    tags: textPairs(message, 'tags'),
    ...(runName !== undefined && { runName }),
    ...(startTime !== undefined && { startTime }),
  };
}

function readUpdate(message: Message): RunUpdate {
  const status = optionalChoice(message, 'status', statuses);
  const endTime = optionalInteger(message, 'end_time');
  const runName = optionalText(message, 'run_name');
  return {
    ...(status !== undefined && { status }),
    ...(endTime !== undefined && { endTime }),
    ...(runName !== undefined && { runName }),
  };
}

async function searchRuns(store: StoreMethods, message: Message): Promise<object> {
  const filter = optionalText(message, 'filter');
  const viewType = optionalChoice(message, 'run_view_type', viewTypes);
  const found = store.searchRuns({
    experimentIds: textList(message, 'experiment_ids'),
    orderBy: textList(message, 'order_by'),
    ...(filter !== undefined && { filter }),
    ...(viewType !== undefined && { viewType }),
  });
  const { items, ...page } = await pageOf(found, message, { byDefault: 1000, atMost: 50_000 });
  const runs: object[] = [];
  for (const run of items) runs.push(await answerRun(store, run));
  return pageAnswer('runs', { items: runs, ...page }, (run) => run);
}

async function answerRun(store: StoreMethods, run: Run): Promise<object> {
  return runAnswer(run, latestPointsOf(run.metrics) ?? (await readLatestPoints(store, run)));
}

/** For stores that give the values of the latest points only. */
async function readLatestPoints(store: StoreMethods, { runId, metrics }: Run): Promise<Metric[]> {
  const points: Metric[] = [];
  for (const [key, value] of Object.entries(metrics)) {
    const history = await store.getMetricHistory(runId, key);
    const latest = history.findLast((point) => Object.is(point.value, value)) ?? history.at(-1);
    if (latest !== undefined) points.push(latest);
  }
  return points;
}

const modelFields = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'] as const;

function readMlmodel(message: Message): MlmodelJson {
  const text = requiredText(message, 'model_json');
  const model = parseModel(text);
  const absent = modelFields.filter((field) => !Object.hasOwn(model, field));
  if (absent.length === 0) return model as MlmodelJson;
  throw invalidValue(`Cannot log the model: its model_json lacks ${absent.join(', ')}`, { absent });
}

function parseModel(text: string): object {
  try {
    const model: unknown = JSON.parse(text);
    if (typeof model === 'object' && model !== null) return model;
  } catch {
    // told below
  }
  throw invalidValue('Cannot log the model: its model_json is not a JSON object');
}
