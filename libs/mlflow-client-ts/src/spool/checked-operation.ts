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
export function checkedOperation(operation: RunOperation, now: () => number = Date.now): RunOperation {
  if (operation.type === 'beginRun') assertBeginning(operation);
  if (operation.type === 'logBatch') assertBatch(operation.batch);
  if (operation.type === 'logInputs') assertDatasets(operation.datasets);
  if (operation.type === 'uploadArtifact') assertArtifactPath(operation.path);
  if (operation.type !== 'updateRun') return operation;
  assertRunUpdate(operation.update);
  return { ...operation, update: withEndTime(operation.update, now) };
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
