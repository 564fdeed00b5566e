import type { RunMethods, RunStatus } from '../api/runs.js';
import { assertViewType } from './experiment-data.js';
import { assertKey } from './keys.js';
import { assertExperimentId, assertModelId, assertRunId } from './names.js';
import { checkedPages } from './page-request.js';
import {
  assertBatch,
  assertDatasets,
  assertMilliseconds,
  assertRunName,
  assertRunTags,
  assertRunUpdate,
  assertStep,
} from './run-data.js';

const finalStatuses: ReadonlySet<RunStatus | undefined> = new Set<RunStatus>(['FINISHED', 'FAILED', 'KILLED']);

/** Runs of a store, with checked arguments, and with times where the caller gives none. */
export function checkedRuns(store: RunMethods, now: () => number): RunMethods {
  return { ...checkedLifeOfRuns(store, now), ...checkedContentOfRuns(store) };
}

type LifeMethods = Pick<
  RunMethods,
  'createRun' | 'getRun' | 'updateRun' | 'deleteRun' | 'restoreRun' | 'searchRuns' | 'searchDatasets'
>;

function checkedLifeOfRuns(store: RunMethods, now: () => number): LifeMethods {
  return {
    async createRun(run) {
      assertExperimentId(run.experimentId);
      assertRunName(run);
      assertRunTags(run.tags ?? {});
      const startTime = run.startTime ?? now();
      assertMilliseconds('start time', startTime);
      return store.createRun({ ...run, startTime });
    },
    async getRun(runId) {
      assertRunId(runId);
      return store.getRun(runId);
    },
    async updateRun(runId, update) {
      assertRunId(runId);
      assertRunUpdate(update);
      const endsNow = update.endTime === undefined && finalStatuses.has(update.status);
      return store.updateRun(runId, endsNow ? { ...update, endTime: now() } : update);
    },
    async deleteRun(runId) {
      assertRunId(runId);
      return store.deleteRun(runId);
    },
    async restoreRun(runId) {
      assertRunId(runId);
      return store.restoreRun(runId);
    },
    searchRuns: (search) =>
      checkedPages(
        () => {
          search.experimentIds.forEach(assertExperimentId);
          assertViewType(search.viewType);
        },
        () => store.searchRuns(search),
      ),
    async searchDatasets(experimentIds) {
      experimentIds.forEach(assertExperimentId);
      return store.searchDatasets(experimentIds);
    },
  };
}

function checkedContentOfRuns(store: RunMethods): Omit<RunMethods, keyof LifeMethods> {
  return {
    async logBatch(runId, batch) {
      assertRunId(runId);
      assertBatch(batch);
      return store.logBatch(runId, batch);
    },
    async logMetric(runId, metric) {
      assertRunId(runId);
      assertBatch({ metrics: [metric] });
      return store.logMetric(runId, metric);
    },
    async logParam(runId, key, value) {
      assertRunId(runId);
      assertBatch({ params: { [key]: value } });
      return store.logParam(runId, key, value);
    },
    async setTag(runId, key, value) {
      assertRunId(runId);
      assertRunTags({ [key]: value });
      return store.setTag(runId, key, value);
    },
    async deleteTag(runId, key) {
      assertRunId(runId);
      assertKey('tag', key);
      return store.deleteTag(runId, key);
    },
    async logInputs(runId, datasets, modelIds = []) {
      assertRunId(runId);
      assertDatasets(datasets);
      modelIds.forEach(assertModelId);
      return store.logInputs(runId, datasets, modelIds);
    },
    async logOutputs(runId, models) {
      assertRunId(runId);
      for (const { modelId, step } of models) {
        assertModelId(modelId);
        assertStep(`output "${modelId}"`, step);
      }
      return store.logOutputs(runId, models);
    },
    async recordModel(runId, mlmodel) {
      assertRunId(runId);
      return store.recordModel(runId, mlmodel);
    },
  };
}
