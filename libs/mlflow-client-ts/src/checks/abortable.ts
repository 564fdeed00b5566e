import type { StoreMethods } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { aroundCalls } from './around-calls.js';

/**
 * A store whose calls are refused with MLFLOW_ABORTED once the signal is given, before anything of them is done. What has begun is left to the
 * store: an embedded one finishes its write, a client of a server cuts it off.
 */
export function abortable(store: StoreMethods, signal: AbortSignal): StoreMethods {
  return aroundCalls(store, (method, call) => (signal.aborted ? Promise.reject(abortedError(method, signal)) : call()));
}

function abortedError(method: string, signal: AbortSignal): MlflowError {
  return new MlflowError(`Cannot ${method}: the caller has aborted it`, {
    code: 'MLFLOW_ABORTED',
    cause: signal.reason,
  });
}
