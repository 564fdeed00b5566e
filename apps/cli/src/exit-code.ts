import { isAppError } from '@i-drill/core';
import { CommanderError } from 'commander';
import { isMlflowError } from 'mlflow-client-ts';
import { isSystemError } from './system-error.js';

/** What the exit code of a command means. */
export const exitCodes = {
  done: 0,
  /** The command worked; its answer is no. */
  answerIsNo: 1,
  /** Wrong usage, configuration or data: change what was given. */
  wrongInput: 2,
  /** Another system failed: tracking store, process, port. */
  otherSystem: 3,
  /** A defect of ours. */
  ourBug: 70,
} as const;

/** One of the documented exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byCode: Readonly<Record<string, ExitCode>> = {
  TRAINING_COLLAPSED: exitCodes.answerIsNo,
  TRAINING_DIVERGED: exitCodes.answerIsNo,
  TRAINING_BROKEN_GRADIENT: exitCodes.answerIsNo,
  TRAINING_NO_BACKEND: exitCodes.otherSystem,
  TRAINING_OUT_OF_MEMORY: exitCodes.otherSystem,
  WORKFLOW_EXPORT_DIFFERS: exitCodes.answerIsNo,
  WORKFLOW_INTERRUPTED: exitCodes.answerIsNo,
  WORKFLOW_NOT_DEPLOYABLE: exitCodes.answerIsNo,
  WORKFLOW_DIGEST_MISMATCH: exitCodes.answerIsNo,
  WORKFLOW_PROMOTION_NOT_RECORDED: exitCodes.otherSystem,
  WORKFLOW_ARTIFACT_UNREADABLE: exitCodes.otherSystem,
  REGISTRY_NOT_VALIDATED: exitCodes.answerIsNo,
  REGISTRY_NOT_STAGED: exitCodes.answerIsNo,
  REGISTRY_EVIDENCE_MISSING: exitCodes.answerIsNo,
  TARGET_NO_PREVIOUS: exitCodes.answerIsNo,
  CLI_BENCH_FAILED: exitCodes.otherSystem,
  CLI_PORT_IN_USE: exitCodes.otherSystem,
};

const byPrefix: readonly (readonly [string, ExitCode])[] = [
  ['CONFIG_', exitCodes.wrongInput],
  ['DATASET_', exitCodes.wrongInput],
  ['TRAINING_', exitCodes.wrongInput],
  ['WORKFLOW_', exitCodes.wrongInput],
  ['REGISTRY_', exitCodes.wrongInput],
  ['CLI_', exitCodes.wrongInput],
  ['TARGET_', exitCodes.otherSystem],
  ['SERVING_', exitCodes.otherSystem],
  ['ONNX_', exitCodes.otherSystem],
];

const wrongMlflowInput = ['MLFLOW_INVALID_URI', 'INVALID_PARAMETER_VALUE'];

function mlflowExitCode(code: string): ExitCode {
  return wrongMlflowInput.includes(code) ? exitCodes.wrongInput : exitCodes.otherSystem;
}

/** The exit code an error ends a command with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongInput;
  if (isMlflowError(error)) return mlflowExitCode(error.code);
  if (isSystemError(error)) return exitCodes.otherSystem;
  if (!isAppError(error)) return exitCodes.ourBug;
  const { code } = error;
  return byCode[code] ?? byPrefix.find(([prefix]) => code.startsWith(prefix))?.[1] ?? exitCodes.ourBug;
}
