import { AppError } from '@i-drill/core';

/** What can be wrong with data on the way in. The README says what to do about each. */
export type DatasetErrorCode =
  | 'DATASET_FILE_MISSING'
  | 'DATASET_EMPTY'
  | 'DATASET_COLUMNS'
  | 'DATASET_COLUMN_NAN'
  | 'DATASET_TOO_FEW_ROWS'
  | 'DATASET_TOO_FEW_UNITS'
  | 'DATASET_TOO_LARGE'
  | 'DATASET_UNKNOWN_SUBSET'
  | 'DATASET_UNREADABLE';

/** Data that cannot be read or used. */
export class DatasetError extends AppError<DatasetErrorCode> {
  override readonly name = 'DatasetError';
}
