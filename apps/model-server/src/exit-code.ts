import { isAppError } from '@i-drill/core';
import { CommanderError } from 'commander';
import { MlflowError } from 'mlflow-client-ts';

/** Asked for something that does not exist or cannot be written down that way. */
const wrongUsage: ReadonlySet<string> = new Set([
  'MODEL_SERVER_INVALID_OPTION',
  'MLFLOW_INVALID_URI',
  'REGISTRY_INVALID_URI',
  'REGISTRY_VERSION_AMBIGUOUS',
  'REGISTRY_VERSION_MISSING',
]);

/** The version exists and must not be served. */
const refused: ReadonlySet<string> = new Set([
  'REGISTRY_EVIDENCE_MISSING',
  'REGISTRY_TAG_UNREADABLE',
  'SERVING_DIGEST_MISMATCH',
  'SERVING_MODEL_UNREADABLE',
  'SERVING_SIGNATURE_MISMATCH',
  'ONNX_INVALID_MODEL',
]);

/** 0 done, 1 the answer is no (the version must not be served), 2 wrong usage, 3 another system failed, 70 our bug. */
export type ExitCode = 0 | 1 | 2 | 3 | 70;

/** The exit code an error stands for. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!isAppError(error) && !(error instanceof MlflowError)) return 70;
  const { code } = error;
  if (wrongUsage.has(code)) return 2;
  return refused.has(code) ? 1 : 3;
}
