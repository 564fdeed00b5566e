import {
  assertBatch,
  assertDatasets,
  assertMilliseconds,
  assertRunName,
  assertRunTags,
  assertRunUpdate,
} from '../checks/run-data.js';
import { assertArtifactPath } from '../checks/artifact-path.js';
import type { RunStatus, RunUpdate } from '../api/runs.js';
import type { BeginRun, RunOperation } from './operation.js';

const finalStatuses: ReadonlySet<RunStatus | undefined> = new Set<RunStatus>(['FINISHED', 'FAILED', 'KILLED']);

/** Refuses what a store would refuse much later; fills in what means the present. */
export function checkedOperation<T extends RunOperation>(operation: T, now: () => number = Date.now): RunOperation {
  switch (operation.type) {
    case 'beginRun':
      assertBeginning(operation);
      return operation;
    case 'logBatch':
      assertBatch(operation.batch);
      return operation;
    case 'logInputs':
      assertDatasets(operation.datasets);
      return operation;
    case 'uploadArtifact':
      assertArtifactPath(operation.path);
      return operation;
    case 'updateRun':
      assertRunUpdate(operation.update);
      return { ...operation, update: withEndTime(operation.update, now) };
    case 'resumeRun':
    case 'deleteTag':
    case 'logOutputs':
    case 'recordModel':
    case 'logModel':
      return operation;
  }
}

function assertBeginning({ tags, runName, startTime, experimentId = '' }: BeginRun): void {
  assertRunName({ experimentId, tags, ...(runName !== undefined && { runName }) });
  assertRunTags(tags);
  assertMilliseconds('start time', startTime);
}

function withEndTime(update: RunUpdate, now: () => number): RunUpdate {
  const endsNow = update.endTime === undefined && finalStatuses.has(update.status);
  return endsNow ? { ...update, endTime: now() } : update;
}
