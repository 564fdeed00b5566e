import { AppError } from '@i-drill/core';
import { CommanderError, InvalidArgumentError } from 'commander';
import { MlflowError } from 'mlflow-client-ts';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, exitCodes } from './exit-code.js';
import { describeError } from './output.js';

const { done, answerIsNo, wrongInput, otherSystem, ourBug } = exitCodes;

describe('exitCodeOf()', () => {
  it.each([
    // the work was done, its answer is no
    ['TRAINING_COLLAPSED', answerIsNo],
    ['TRAINING_DIVERGED', answerIsNo],
    ['WORKFLOW_EXPORT_DIFFERS', answerIsNo],
    ['WORKFLOW_INTERRUPTED', answerIsNo],
    ['WORKFLOW_NOT_DEPLOYABLE', answerIsNo],
    ['WORKFLOW_DIGEST_MISMATCH', answerIsNo],
    ['REGISTRY_NOT_VALIDATED', answerIsNo],
    ['REGISTRY_NOT_STAGED', answerIsNo],
    ['REGISTRY_EVIDENCE_MISSING', answerIsNo],
    ['TARGET_NO_PREVIOUS', answerIsNo],
    // what was given is wrong
    ['CONFIG_FILE_MISSING', wrongInput],
    ['CONFIG_INVALID', wrongInput],
    ['DATASET_FILE_MISSING', wrongInput],
    ['DATASET_COLUMNS', wrongInput],
    ['TRAINING_UNKNOWN_MODEL_TYPE', wrongInput],
    ['TRAINING_CHECKPOINT_CORRUPT', wrongInput],
    ['TRAINING_CHECKPOINT_MISMATCH', wrongInput],
    ['TRAINING_NAN_FEATURE', wrongInput],
    ['TRAINING_ONE_CLASS', wrongInput],
    ['TRAINING_TOO_FEW_CALIBRATION_UNITS', wrongInput],
    ['TRAINING_TOO_FEW_WINDOWS', wrongInput],
    ['WORKFLOW_DATA_CHANGED', wrongInput],
    ['REGISTRY_VERSION_MISSING', wrongInput],
    ['CLI_WRONG_VALUE', wrongInput],
    // something else failed
    ['TRAINING_BROKEN_GRADIENT', answerIsNo],
    ['TRAINING_NO_BACKEND', otherSystem],
    ['TRAINING_OUT_OF_MEMORY', otherSystem],
    ['WORKFLOW_ARTIFACT_UNREADABLE', otherSystem],
    ['CLI_PORT_IN_USE', otherSystem],
    ['TARGET_START_TIMEOUT', otherSystem],
    ['TARGET_BUSY', otherSystem],
    ['SERVING_PORT_IN_USE', otherSystem],
    ['ONNX_RUN_FAILED', otherSystem],
    // a code nobody assigned an exit code to is a defect
    ['SOMETHING_NEW', ourBug],
  ])('%s ends with %i', (code, exitCode) => {
    expect(exitCodeOf(new AppError('Cannot do it', { code }))).toBe(exitCode);
  });

  it('takes a tracking store that fails as another system, and an address that is none as wrong input', () => {
    expect(exitCodeOf(new MlflowError('Cannot reach it', { code: 'MLFLOW_UNREACHABLE' }))).toBe(otherSystem);
    expect(exitCodeOf(new MlflowError('Cannot find it', { code: 'RESOURCE_DOES_NOT_EXIST' }))).toBe(otherSystem);
    expect(exitCodeOf(new MlflowError('Cannot use it', { code: 'MLFLOW_INVALID_URI' }))).toBe(wrongInput);
  });

  it('takes what the operating system refused as another system', () => {
    const refused = Object.assign(new Error("EACCES: permission denied, mkdir '.i-drill'"), {
      code: 'EACCES',
      syscall: 'mkdir',
      path: '.i-drill',
    });
    expect(exitCodeOf(refused)).toBe(otherSystem);
    expect(describeError(refused)).toMatchObject({
      code: 'CLI_SYSTEM',
      details: { cause: 'EACCES', path: '.i-drill' },
    });
    expect(describeError(refused).message).not.toContain('    at ');
  });

  it('takes an argument that MLflow refuses as wrong input', () => {
    expect(exitCodeOf(new MlflowError('Cannot use it', { code: 'INVALID_PARAMETER_VALUE' }))).toBe(wrongInput);
  });

  it('takes a refused command line as wrong input, and a shown help as done', () => {
    expect(exitCodeOf(new CommanderError(1, 'commander.unknownOption', 'unknown option'))).toBe(wrongInput);
    expect(exitCodeOf(new InvalidArgumentError('a number > 0 is expected'))).toBe(wrongInput);
    expect(exitCodeOf(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toBe(done);
  });

  it.each([[new TypeError('x is undefined')], [new RangeError('Cannot go on')], ['a text'], [undefined]])(
    'takes %s as a defect of ours',
    (error) => {
      expect(exitCodeOf(error)).toBe(ourBug);
    },
  );
});
