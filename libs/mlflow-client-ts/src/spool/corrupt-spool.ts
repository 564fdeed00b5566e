import { MlflowError } from '../errors.js';

/** The error for a file of the spool that cannot be understood. Nothing of it is changed or deleted. */
export function corruptSpool(file: string, line: number, problem: string): MlflowError {
  return new MlflowError(
    `Cannot read the spool: line ${line} of "${file}" ${problem}; restore the file, or move its folder away to give its run up`,
    { code: 'MLFLOW_CORRUPT_SPOOL', details: { file, line } },
  );
}
