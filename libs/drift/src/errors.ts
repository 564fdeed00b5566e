import { AppError } from '@i-drill/core';

/** What can go wrong in drift detection, for a caller to branch on. */
export type DriftErrorCode = 'DRIFT_FEATURE_MISMATCH' | 'DRIFT_REFERENCE_EMPTY';

/** Rows and reference cannot be compared at all: no report would be true. */
export class DriftError extends AppError<DriftErrorCode> {
  override readonly name = 'DriftError';
}
