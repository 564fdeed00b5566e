import { statSync } from 'node:fs';
import type { StoreMethods } from '../api/mlflow-client.js';
import { aroundCalls } from '../checks/around-calls.js';
import { MlflowError } from '../errors.js';
import { explainedFault } from './disk-fault.js';

/** A file store whose failures of the disk are explained: each is an MlflowError that says what to do. */
export function explainedStore(store: StoreMethods, root: string): StoreMethods {
  return aroundCalls(store, async (method, call) => {
    try {
      assertNoFile(root, method);
      return await call();
    } catch (error) {
      // Of a download it is the target that fails, as it does with every other store.
      throw method === 'downloadFile' ? error : explainedFault(method, error);
    }
  });
}

/** A folder may be absent until something is written; a file can only be a mistake, and would look like an empty store. */
function assertNoFile(root: string, method: string): void {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw new MlflowError(`Cannot ${method}: "${root}" is a file, not the folder of a store; correct the tracking URI`, {
    code: 'MLFLOW_INVALID_URI',
    details: { root },
  });
}
