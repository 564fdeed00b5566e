import { MlflowError } from '../errors.js';
import { isSystemFault } from '../fs/system-fault.js';

const advices: Readonly<Record<string, string>> = {
  EACCES: 'give this process the right to read or write there',
  EDQUOT: 'free space, or ask for more',
  EISDIR: 'a folder has this name; choose another',
  ENAMETOOLONG: 'shorten the name',
  ENOSPC: 'free space on the disk, or use another',
  ENOTDIR: 'a file stands where a folder should; choose another name',
  EPERM: 'give this process the right to read or write there',
  EROFS: 'the disk is read-only; choose another folder',
};

/**
 * What `work` gives; a fault of the files of this machine becomes MLFLOW_FILE_SYSTEM, with the fault as its cause.
 *
 * @param action completes "Cannot …"
 */
export async function explainingFileFaults<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainedFileFault(action, error);
  }
}

/** A fault of the files of this machine as MLFLOW_FILE_SYSTEM; any other error as it is. */
export function explainedFileFault(action: string, error: unknown): unknown {
  return isSystemFault(error) ? fileFault(action, error) : error;
}

function fileFault(action: string, cause: NodeJS.ErrnoException): MlflowError {
  const { code: fault = '', path } = cause;
  const place = path === undefined ? '' : ` at "${path}"`;
  const advice = advices[fault] ?? 'look into the file system of this machine, and call it again';
  return new MlflowError(`Cannot ${action}: ${fault}${place}; ${advice}`, {
    code: 'MLFLOW_FILE_SYSTEM',
    details: { fault, ...(path !== undefined && { path }) },
    cause,
  });
}
