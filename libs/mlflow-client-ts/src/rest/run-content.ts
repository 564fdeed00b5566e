import type { DatasetInput, ModelOutput, RunMethods } from '../api/runs.js';
import { isMlflowError } from '../errors.js';
import { loggedModelInfo } from '../model/logged-model-info.js';
import type { MlmodelJson } from '../model/mlmodel.js';
import { callApi, type RestContext } from './api.js';
import { assertSupported, loggedModels, whereSupported } from './features.js';
import { getRun } from './get-run.js';
import { logBatch, logMetric } from './log-batch.js';
import { recoverChange } from './once.js';
import { parts } from './parts.js';
import { fromDatasetInput } from './wire/dataset.js';

const datasetsPerCall = 1000;
const historyTag = 'mlflow.log-model.history';

type RunContentMethods = Pick<
  RunMethods,
  'logBatch' | 'logMetric' | 'logParam' | 'setTag' | 'deleteTag' | 'logInputs' | 'logOutputs' | 'recordModel'
>;

/** What runs of a server log. */
export function restRunContent(context: RestContext): RunContentMethods {
  return {
    logBatch: (runId, batch) => logBatch(context, runId, batch),
    logMetric: (runId, metric) => logMetric(context, runId, metric),
    async logParam(runId, key, value) {
      const action = `log param "${key}" to run "${runId}"`;
      await callApi(context, { route: 'logParam', body: { run_id: runId, key, value }, action });
    },
    async setTag(runId, key, value) {
      const action = `set tag "${key}" of run "${runId}"`;
      await callApi(context, { route: 'setTag', body: { run_id: runId, key, value }, action });
    },
    async deleteTag(runId, key) {
      const recover = recoverChange(async () => !(key in (await getRun(context, runId)).tags));
      const call = { route: 'deleteTag', action: `delete tag "${key}" of run "${runId}"` } as const;
      await callApi(context, { ...call, body: { run_id: runId, key }, recover });
    },
    logInputs: (runId, datasets, modelIds = []) => logInputs(context, runId, { datasets, modelIds }),
    logOutputs: (runId, models) => logOutputs(context, runId, models),
    recordModel: (runId, mlmodel) => recordModel(context, runId, mlmodel),
  };
}

interface Inputs {
  readonly datasets: readonly DatasetInput[];
  readonly modelIds: readonly string[];
}

async function logInputs(context: RestContext, runId: string, { datasets, modelIds }: Inputs): Promise<void> {
  if (modelIds.length > 0) await assertSupported(context, loggedModels); // an older server would drop them without a word
  const action = `log inputs to run "${runId}"`;
  const models = modelIds.map((modelId) => ({ model_id: modelId }));
  const [first = [], ...others] = parts(datasets.map(fromDatasetInput), datasetsPerCall);
  await callApi(context, { route: 'logInputs', body: { run_id: runId, datasets: first, models }, action });
  for (const part of others) {
    await callApi(context, { route: 'logInputs', body: { run_id: runId, datasets: part }, action });
  }
}

/** A database refuses a call with an output that it has: what is there is left out then. */
async function logOutputs(context: RestContext, runId: string, models: readonly ModelOutput[]): Promise<void> {
  const action = `log outputs to run "${runId}"`;
  const send = (outputs: readonly ModelOutput[]): Promise<unknown> => {
    const body = { run_id: runId, models: outputs.map(({ modelId, step }) => ({ model_id: modelId, step })) };
    return callApi(context, { route: 'logOutputs', body, action });
  };
  try {
    await whereSupported(context, loggedModels, () => send(models));
  } catch (error) {
    if (!isMlflowError(error) || error.code !== 'BAD_REQUEST') throw error;
    const known = new Set((await getRun(context, runId)).modelOutputs.map(({ modelId }) => modelId));
    const missing = models.filter(({ modelId }) => !known.has(modelId));
    if (missing.length === models.length) throw error;
    if (missing.length > 0) await send(missing);
  }
}

async function recordModel(context: RestContext, runId: string, mlmodel: MlmodelJson): Promise<void> {
  // It appends to a list: a repeated call would list the model twice.
  const recover = recoverChange(async () => {
    const { tags } = await getRun(context, runId);
    return (tags[historyTag] ?? '').includes(JSON.stringify(mlmodel.model_uuid));
  });
  const body = { run_id: runId, model_json: JSON.stringify(loggedModelInfo(mlmodel)) };
  await callApi(context, { route: 'recordModel', body, action: `log a model to run "${runId}"`, recover });
}
