import { isMlflowError, type MlflowError } from './errors.js';

/**
 * Whether a caught value says that the run, experiment, model, version or artifact does not exist.
 *
 * @example
 * ```ts
 * import { isNotFound, MlflowError } from 'mlflow-client-ts';
 * isNotFound(new MlflowError('Cannot get run "a1": no such run', { code: 'RESOURCE_DOES_NOT_EXIST' })); // => true
 * ```
 */
export function isNotFound(error: unknown): error is MlflowError {
  return isMlflowError(error, 'RESOURCE_DOES_NOT_EXIST');
}

/**
 * Whether a caught value says that the name is taken.
 *
 * @example
 * ```ts
 * import { isAlreadyExists, MlflowError } from 'mlflow-client-ts';
 * isAlreadyExists(new MlflowError('Cannot create it', { code: 'RESOURCE_ALREADY_EXISTS', httpStatus: 400 })); // => true
 * ```
 */
export function isAlreadyExists(error: unknown): error is MlflowError {
  return isMlflowError(error, 'RESOURCE_ALREADY_EXISTS');
}

/**
 * Whether a caught value says that an argument cannot be used, or is too long to be kept.
 *
 * @example
 * ```ts
 * import { isInvalid, MlflowError } from 'mlflow-client-ts';
 * isInvalid(new MlflowError('Cannot store it', { code: 'MLFLOW_VALUE_TOO_LONG' })); // => true
 * ```
 */
export function isInvalid(error: unknown): error is MlflowError {
  return isMlflowError(error, 'INVALID_PARAMETER_VALUE') || isMlflowError(error, 'MLFLOW_VALUE_TOO_LONG');
}

/**
 * Whether a caught value says that the caller may not do it: not known (401), or not allowed to (403).
 *
 * @example
 * ```ts
 * import { isUnauthorized, MlflowError } from 'mlflow-client-ts';
 * isUnauthorized(new MlflowError('Cannot get it', { code: 'PERMISSION_DENIED', httpStatus: 403 })); // => true
 * ```
 */
export function isUnauthorized(error: unknown): error is MlflowError {
  return isMlflowError(error) && (error.httpStatus === 401 || error.httpStatus === 403);
}

/**
 * Whether a caught value says that the store could not be used just now, so that the same call may succeed later: no connection, no answer in
 * time, too many requests, a server or proxy in trouble (5xx).
 *
 * @example
 * ```ts
 * import { isUnavailable, MlflowError } from 'mlflow-client-ts';
 * isUnavailable(new MlflowError('Cannot reach it', { code: 'MLFLOW_UNREACHABLE' })); // => true
 * ```
 */
export function isUnavailable(error: unknown): error is MlflowError {
  if (!isMlflowError(error) || error.code === 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE') return false;
  if (['MLFLOW_UNREACHABLE', 'MLFLOW_TIMEOUT'].includes(error.code)) return true;
  const status = error.httpStatus ?? 0;
  return status === 408 || status === 429 || (status >= 500 && status !== 501);
}

/**
 * Whether a caught value says that the caller ended the call, by `AbortSignal`.
 *
 * @example
 * ```ts
 * import { isAborted, MlflowError } from 'mlflow-client-ts';
 * isAborted(new MlflowError('Cannot get it', { code: 'MLFLOW_ABORTED' })); // => true
 * ```
 */
export function isAborted(error: unknown): error is MlflowError {
  return isMlflowError(error, 'MLFLOW_ABORTED');
}

/**
 * Whether a caught value says that this store, or a server of this version, cannot do it at all.
 *
 * @example
 * ```ts
 * import { isUnsupported, MlflowError } from 'mlflow-client-ts';
 * isUnsupported(new MlflowError('Cannot create a webhook', { code: 'MLFLOW_UNSUPPORTED' })); // => true
 * ```
 */
export function isUnsupported(error: unknown): error is MlflowError {
  return isMlflowError(error, 'MLFLOW_UNSUPPORTED');
}
