import { AppError } from '@i-drill/core';

/** What can go wrong in training that a caller may act on; see the README for each. */
export type TrainingErrorCode =
  | 'TRAINING_COLLAPSED'
  | 'TRAINING_DIVERGED'
  | 'TRAINING_NAN_FEATURE'
  | 'TRAINING_NO_BACKEND'
  | 'TRAINING_TOO_FEW_WINDOWS'
  | 'TRAINING_UNKNOWN_MODEL_TYPE';

/** The code and context a training error carries. */
export interface TrainingErrorOptions {
  readonly code: TrainingErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A training that could not start, or whose result is not a model. Branch on `code`. */
export class TrainingError extends AppError {
  override readonly name: string = 'TrainingError';
  override readonly code: TrainingErrorCode;

  constructor(message: string, options: TrainingErrorOptions) {
    super(message, options);
    this.code = options.code;
  }
}
