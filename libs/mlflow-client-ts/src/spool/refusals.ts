import { appendFile, open, readFile } from 'node:fs/promises';
import type { MlflowClient } from '../api/mlflow-client.js';
import { isNotFound, isUnauthorized, isUnavailable } from '../error-guards.js';
import { isMlflowError, MlflowError } from '../errors.js';
import { orIfMissing } from '../fs/missing-file.js';
import { decodeOperation, encodeOperation } from './journal-line.js';
import type { RunOperation } from './operation.js';

/** Something the store will never take. It is kept in `rejected.jsonl`. */
export interface RejectedOperation {
  /** Its number in the journal. */
  readonly seq: number;
  readonly code: string;
  readonly reason: string;
  /** Of a `logBatch` only the part that was refused. */
  readonly operation: RunOperation;
}

const refusalCodes: ReadonlySet<string> = new Set([
  'INVALID_PARAMETER_VALUE',
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_DOES_NOT_EXIST',
  'MLFLOW_DIGEST_MISMATCH',
  'MLFLOW_UNSUPPORTED',
  'MLFLOW_UNSUPPORTED_ARTIFACT_STORE',
  'MLFLOW_VALUE_TOO_LONG',
]);

/**
 * Whether asking again would be of no use. Not so: a store that is out of reach, credentials that can be corrected, and answers that are not
 * MLflow's (a proxy in the way).
 */
export function isRefusal(error: unknown): error is MlflowError {
  if (!isMlflowError(error) || canBeCorrected(error)) return false;
  if (refusalCodes.has(error.code)) return true;
  const status = error.httpStatus ?? 0;
  return status >= 400 && status < 500 && error.serverMessage !== undefined;
}

function canBeCorrected(error: unknown): boolean {
  return isUnavailable(error) || isUnauthorized(error);
}

/** Whether a server that works said that it failed on this very call. After some repetitions that counts as a refusal. */
export function isServerFault(error: unknown): error is MlflowError {
  return isMlflowError(error) && error.httpStatus === 500 && error.serverMessage !== undefined;
}

/** Nothing can be logged to a run that is gone or deleted: then all waits in the journal instead of being given up bit by bit. */
export async function assertRunIsOpen(client: MlflowClient, runId: string, cause: unknown): Promise<void> {
  const stage = await stageOf(client, runId);
  if (stage === 'active') return;
  throw new MlflowError(
    `Cannot log to run "${runId}": ${stage === 'deleted' ? 'it is deleted; restore it' : 'the store does not have it; check the tracking URI'}, or move its folder out of the spool`,
    { code: 'RESOURCE_DOES_NOT_EXIST', details: { runId, stage }, cause },
  );
}

async function stageOf(client: MlflowClient, runId: string): Promise<'active' | 'deleted' | 'absent'> {
  try {
    return (await client.getRun(runId)).lifecycleStage;
  } catch (error) {
    if (isNotFound(error)) return 'absent';
    throw error;
  }
}

/** Adds to `rejected.jsonl`; on the disk when it returns. */
export async function writeRejected(path: string, rejected: readonly RejectedOperation[]): Promise<void> {
  if (rejected.length === 0) return;
  await appendFile(path, rejected.map(encodeRejected).join(''));
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}

function encodeRejected({ operation, ...rejected }: RejectedOperation): string {
  return `${JSON.stringify(rejected).slice(0, -1)},"operation":${encodeOperation(operation)}}\n`;
}

/** What was refused, each once: the end of a process can have it noted twice. */
export async function readRejected(path: string): Promise<RejectedOperation[]> {
  const text = await orIfMissing(readFile(path, 'utf8'), '');
  const lines = text.split('\n').filter((line) => line.endsWith('}'));
  const byOperation = new Map<string, RejectedOperation>();
  for (const line of lines) {
    const { operation, ...rejected } = JSON.parse(line) as RejectedOperation;
    const text = JSON.stringify(operation);
    byOperation.set(`${rejected.seq} ${text}`, { ...rejected, operation: decodeOperation(text) });
  }
  return [...byOperation.values()];
}
