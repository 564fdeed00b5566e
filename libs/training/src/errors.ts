import { AppError, type AppErrorOptions } from '@i-drill/core';

/** What can go wrong in training that a caller may act on. See the table in the README. */
export type TrainingErrorCode =
  | 'TRAINING_UNKNOWN_MODEL_TYPE'
  | 'TRAINING_DIVERGED'
  | 'TRAINING_COLLAPSED'
  | 'TRAINING_TOO_FEW_WINDOWS'
  | 'TRAINING_NO_BACKEND'
  | 'TRAINING_NAN_FEATURE';

/** A training that could not start, or whose result is not a model. Branch on `code`. */
export class TrainingError extends AppError {
  override readonly name: string = 'TrainingError';
  declare readonly code: TrainingErrorCode;

  constructor(message: string, options: AppErrorOptions & { readonly code: TrainingErrorCode }) {
    super(message, options);
  }
}
