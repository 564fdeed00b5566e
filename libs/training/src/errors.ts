import { AppError } from '@i-drill/core';

/** What can go wrong in training that a caller may act on; see the README for each. */
export type TrainingErrorCode =
  | 'TRAINING_BROKEN_GRADIENT'
  | 'TRAINING_CHECKPOINT_CORRUPT'
  | 'TRAINING_CHECKPOINT_MISMATCH'
  | 'TRAINING_COLLAPSED'
  | 'TRAINING_DIVERGED'
  | 'TRAINING_INFINITE_TARGET'
  | 'TRAINING_NAN_FEATURE'
  | 'TRAINING_NO_BACKEND'
  | 'TRAINING_ONE_CLASS'
  | 'TRAINING_OUT_OF_MEMORY'
  | 'TRAINING_TOO_FEW_CALIBRATION_UNITS'
  | 'TRAINING_TOO_FEW_WINDOWS'
  | 'TRAINING_UNKNOWN_MODEL_TYPE';

/** A training that could not start, or whose result is not a model. Branch on `code`. */
export class TrainingError extends AppError<TrainingErrorCode> {
  override readonly name = 'TrainingError';
}
