import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isNotFound } from '../error-guards.js';
import { blobFile } from './blobs.js';
import { withStoreIds } from './offline-ids.js';
import type { RunOperation } from './operation.js';
import { performLogModel } from './perform-model.js';
import { isRecorded } from './recorded-models.js';
import type { RunTarget } from './replay-target.js';
import type { OperationResult } from './run-log.js';

type Plain = Exclude<RunOperation, { type: 'beginRun' | 'resumeRun' | 'logBatch' }>;

/** Performs an operation so that a second try after one of unknown effect changes nothing. */
export async function performOperation(target: RunTarget, operation: Plain): Promise<OperationResult> {
  const { client, runId } = target;
  switch (operation.type) {
    case 'updateRun':
      await client.updateRun(runId, operation.update);
      return {};
    case 'deleteTag':
      await deleteTag(target, operation.key);
      return {};
    case 'uploadArtifact':
      await upload(target, operation);
      return {};
    case 'logInputs':
      await logInputs(target, operation);
      return {};
    case 'logOutputs':
      await logOutputs(target, operation);
      return {};
    case 'recordModel':
      if (!(await isRecorded(target, operation.mlmodel.model_uuid))) await client.recordModel(runId, operation.mlmodel);
      return {};
    case 'logModel':
      return performLogModel(target, operation);
  }
}

async function deleteTag({ client, runId }: RunTarget, key: string): Promise<void> {
  try {
    await client.deleteTag(runId, key);
  } catch (error) {
    const isAbsent = isNotFound(error) && (await client.getRun(runId)).tags[key] === undefined;
    if (!isAbsent) throw error;
  }
}

type Upload = Extract<RunOperation, { type: 'uploadArtifact' }>;

/** A file `MLmodel` names its run, which may have been an offline one. */
async function upload({ client, runId, paths, seq, resolve }: RunTarget, { path, blob }: Upload): Promise<void> {
  const file = blobFile(paths, seq, blob);
  const artifacts = client.artifacts({ runId });
  if (basename(path) !== 'MLmodel') return artifacts.uploadFile(path, file);
  return artifacts.upload(path, await withStoreIds(await readFile(file, 'utf8'), resolve));
}

type Inputs = Extract<RunOperation, { type: 'logInputs' }>;

async function logInputs({ client, runId, isUncertain }: RunTarget, { datasets, modelIds }: Inputs): Promise<void> {
  if (modelIds === undefined) return client.logInputs(runId, datasets);
  const known = isUncertain ? (await client.getRun(runId)).modelInputs : [];
  const missing = modelIds.filter((id) => !known.includes(id));
  return client.logInputs(runId, datasets, missing);
}

type Outputs = Extract<RunOperation, { type: 'logOutputs' }>;

async function logOutputs({ client, runId, isUncertain }: RunTarget, { models }: Outputs): Promise<void> {
  const known = isUncertain ? (await client.getRun(runId)).modelOutputs : [];
  const missing = models.filter((model) => !known.some((each) => isSame(each, model)));
  if (missing.length > 0) await client.logOutputs(runId, missing);
}

function isSame(a: Outputs['models'][number], b: Outputs['models'][number]): boolean {
  return a.modelId === b.modelId && a.step === b.step;
}
