import type { RunMethods, RunUpdate } from '../api/runs.js';
import { notFound } from '../faults.js';
import type { StoreFiles } from '../fs/store-files.js';
import { loggedModelInfo } from '../model/logged-model-info.js';
import { atOnce } from './at-once.js';
import { createRun } from './create-run.js';
import { addToListTag } from './list-tag.js';
import { metaText, writeMeta, type Meta } from './meta.js';
import { readRun } from './read-run.js';
import { writeBatch } from './run-batch.js';
import { changeRun, findRunFolder, type RunFolder } from './run-folder.js';
import { writeDatasetInput, writeModelInput } from './run-inputs.js';
import { changeRunStage } from './run-lifecycle.js';
import { statusNumber } from './run-meta.js';
import { writeOutput } from './run-outputs.js';
import { searchDatasets } from './search-datasets.js';
import { searchRuns } from './search-runs.js';
import type { StoreContext } from './store-context.js';
import { readValueSync, removeValue, writeValue } from './value-files.js';

const modelHistoryTag = 'mlflow.log-model.history';

/** The runs of a file store. */
export function fileRuns(context: StoreContext): RunMethods {
  const { files } = context;
  const change = (runId: string, work: (run: RunFolder) => Promise<void>): Promise<void> =>
    changeRun(context, runId, work);
  return {
    createRun: (run) => createRun(context, run),
    getRun: atOnce((runId) => readRun(findRunFolder(context, runId))),
    updateRun: (runId, update) => change(runId, (run) => updateRun(files, run, update)),
    deleteRun: (runId) => changeRunStage(context, runId, 'deleted'),
    restoreRun: (runId) => changeRunStage(context, runId, 'active'),
    searchRuns: (search) => searchRuns(context, search),
    logBatch: (runId, batch) => change(runId, (run) => writeBatch(context, run, batch)),
    logMetric: (runId, metric) => change(runId, (run) => writeBatch(context, run, { metrics: [metric] })),
    logParam: (runId, key, value) => change(runId, (run) => writeBatch(context, run, { params: { [key]: value } })),
    setTag: (runId, key, value) => change(runId, (run) => writeBatch(context, run, { tags: { [key]: value } })),
    deleteTag: (runId, key) => change(runId, (run) => deleteTag(files, run, key)),
    logInputs: (runId, datasets, modelIds = []) =>
      change(runId, async (run) => {
        for (const dataset of datasets) await writeDatasetInput(files, run, dataset);
        for (const modelId of modelIds) await writeModelInput(files, run, modelId);
      }),
    logOutputs: (runId, models) =>
      change(runId, async ({ path }) => {
        for (const model of models) await writeOutput(files, path, model);
      }),
    recordModel: (runId, mlmodel) =>
      change(runId, ({ path }) => addToListTag(files, path, modelHistoryTag, loggedModelInfo(mlmodel))),
    searchDatasets: atOnce((experimentIds) => searchDatasets(context, experimentIds)),
  };
}

async function updateRun(
  files: StoreFiles,
  { path, meta }: RunFolder,
  { status, endTime, runName }: RunUpdate,
): Promise<void> {
  const changes: Meta = {
    ...(status !== undefined && { status: statusNumber(status) }),
    ...(endTime !== undefined && { end_time: endTime }),
    ...(runName !== undefined && { run_name: runName }),
  };
  await writeMeta(files, path, { ...meta, ...changes });
  if (runName !== undefined) await writeValue(files, path, 'tags', ['mlflow.runName', runName]);
}

async function deleteTag(files: StoreFiles, { path, meta }: RunFolder, key: string): Promise<void> {
  const runId = metaText(meta, 'run_id');
  if (readValueSync(path, 'tags', key) === undefined) {
    throw notFound(`Cannot delete tag "${key}" of run "${runId}": it has no such tag; see the tags of the run`, {
      runId,
      key,
    });
  }
  await removeValue(files, path, 'tags', key);
}
