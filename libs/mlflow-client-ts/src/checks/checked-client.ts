import type { ArtifactMethods } from '../api/artifacts.js';
import type { ExperimentMethods } from '../api/experiments.js';
import type { MlflowClient } from '../api/mlflow-client.js';
import type { RunMethods, RunStatus } from '../api/runs.js';
import { assertArtifactPath } from './artifact-path.js';
import { assertKey } from './keys.js';
import {
  assertAlias,
  assertExperimentId,
  assertExperimentName,
  assertModelName,
  assertRunId,
  assertStage,
  assertVersion,
} from './names.js';
import {
  assertBatch,
  assertDatasets,
  assertMilliseconds,
  assertRunName,
  assertRunTags,
  assertRunUpdate,
} from './run-data.js';
import { assertLength } from './text-length.js';

const finalStatuses: ReadonlySet<RunStatus | undefined> = new Set<RunStatus>(['FINISHED', 'FAILED', 'KILLED']);

/** The same store, with every argument checked once before it is used: both stores refuse the same things with the same codes. */
export function checkedClient(store: MlflowClient, now: () => number): MlflowClient {
  return {
    trackingUri: store.trackingUri,
    serverVersion: () => store.serverVersion(),
    ...checkedExperiments(store),
    ...checkedRuns(store, now),
    ...checkedArtifacts(store),
    ...checkedRegistry(store),
  };
}

function checkedExperiments(store: MlflowClient): ExperimentMethods {
  return {
    async ensureExperiment(name) {
      assertExperimentName(name);
      return store.ensureExperiment(name);
    },
    async findExperimentByName(name) {
      assertExperimentName(name);
      return store.findExperimentByName(name);
    },
  };
}

function checkedRuns(store: MlflowClient, now: () => number): RunMethods {
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
    async logBatch(runId, batch) {
      assertRunId(runId);
      assertBatch(batch);
      return store.logBatch(runId, batch);
    },
    async logInputs(runId, datasets) {
      assertRunId(runId);
      assertDatasets(datasets);
      return store.logInputs(runId, datasets);
    },
    async getMetricHistory(runId, key) {
      assertRunId(runId);
      assertKey('metric', key);
      return store.getMetricHistory(runId, key);
    },
    async searchRuns(search) {
      search.experimentIds.forEach(assertExperimentId);
      return store.searchRuns(search);
    },
    async recordModel(runId, mlmodel) {
      assertRunId(runId);
      return store.recordModel(runId, mlmodel);
    },
  };
}

function checkedArtifacts(store: MlflowClient): ArtifactMethods {
  return {
    async uploadArtifact(runId, path, content) {
      assertRunId(runId);
      assertArtifactPath(path);
      return store.uploadArtifact(runId, path, content);
    },
    async downloadArtifact(runId, path) {
      assertRunId(runId);
      assertArtifactPath(path);
      return store.downloadArtifact(runId, path);
    },
    async listArtifacts(runId, path) {
      assertRunId(runId);
      if (path === undefined || path === '') return store.listArtifacts(runId);
      assertArtifactPath(path);
      return store.listArtifacts(runId, path);
    },
  };
}

function checkedRegistry(store: MlflowClient): RegistryMethods {
  return {
    async ensureRegisteredModel(name) {
      assertModelName(name);
      return store.ensureRegisteredModel(name);
    },
    async findRegisteredModel(name) {
      assertModelName(name);
      return store.findRegisteredModel(name);
    },
    async createModelVersion(version) {
      assertModelName(version.name);
      assertRunId(version.runId);
      assertLength('versionSource', 'source of the model version', version.source);
      assertLength('versionDescription', 'description of the model version', version.description ?? '');
      for (const [key, value] of Object.entries(version.tags ?? {})) assertVersionTag(key, value);
      return store.createModelVersion(version);
    },
    async getModelVersion(name, version) {
      assertVersionRef(name, version);
      return store.getModelVersion(name, version);
    },
    async listModelVersions(name) {
      assertModelName(name);
      return store.listModelVersions(name);
    },
    async findModelVersionByAlias(name, alias) {
      assertModelName(name);
      assertAlias(alias);
      return store.findModelVersionByAlias(name, alias);
    },
    async setModelVersionTag(name, version, key, value) {
      assertVersionRef(name, version);
      assertVersionTag(key, value);
      return store.setModelVersionTag(name, version, key, value);
    },
    async transitionModelVersionStage(name, version, stage, archiveExisting) {
      assertVersionRef(name, version);
      assertStage(stage, archiveExisting);
      return store.transitionModelVersionStage(name, version, stage, archiveExisting);
    },
    async setRegisteredModelAlias(name, alias, version) {
      assertVersionRef(name, version);
      assertAlias(alias);
      return store.setRegisteredModelAlias(name, alias, version);
    },
    async deleteRegisteredModelAlias(name, alias) {
      assertModelName(name);
      assertAlias(alias);
      return store.deleteRegisteredModelAlias(name, alias);
    },
  };
}

function assertVersionRef(name: string, version: string): void {
  assertModelName(name);
  assertVersion(version);
}

function assertVersionTag(key: string, value: string): void {
  assertKey('tag', key);
  assertLength('versionTagValue', `value of tag "${key}"`, value);
}
