import { MlflowError } from './errors.js';

type Details = Readonly<Record<string, unknown>>;

/** The error for an argument the store cannot take. */
export function invalidValue(message: string, details: Details = {}): MlflowError {
  return new MlflowError(message, { code: 'INVALID_PARAMETER_VALUE', details });
}

/** The error for something that is not there. */
export function notFound(message: string, details: Details = {}): MlflowError {
  return new MlflowError(message, { code: 'RESOURCE_DOES_NOT_EXIST', details });
}

/** The error for what a store, or a server of its version, cannot do at all. */
export function unsupported(message: string, details: Details = {}): MlflowError {
  return new MlflowError(message, { code: 'MLFLOW_UNSUPPORTED', details });
}
