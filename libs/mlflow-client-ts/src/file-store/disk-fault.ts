import { MlflowError, type MlflowErrorCode } from '../errors.js';
import { isSystemFault } from '../fs/system-fault.js';

interface Explanation {
  readonly code: MlflowErrorCode;
  readonly problem: string;
}

const forbidden: Explanation = {
  code: 'PERMISSION_DENIED',
  problem: 'this process may not read or write there; give it the right to, or use another folder',
};
const occupied: Explanation = {
  code: 'INVALID_PARAMETER_VALUE',
  problem: 'something of this name is there, and a file cannot be a folder as well; choose another name',
};
const impossible: Explanation = {
  code: 'INVALID_PARAMETER_VALUE',
  problem: 'the file system does not keep such a name; choose another',
};
const tooLong: Explanation = {
  code: 'MLFLOW_VALUE_TOO_LONG',
  problem: 'a name is longer than the file system keeps, which is 255 bytes as a rule; shorten it',
};

const missing: Explanation = {
  code: 'MLFLOW_UNREACHABLE',
  problem:
    'a folder on the way has disappeared, or cannot be made on a disk that is read-only; put that right and try again',
};

const explanations: Readonly<Record<string, Explanation>> = {
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  EEXIST: occupied,
  EISDIR: occupied,
  ENOTDIR: occupied,
  ENOTEMPTY: occupied,
  EILSEQ: impossible,
  EINVAL: impossible,
  ELOOP: impossible,
  ERR_INVALID_ARG_VALUE: impossible,
  ENAMETOOLONG: tooLong,
  ENOENT: missing,
};

/** A full disk is emptied, a lost share comes back: the same call may succeed then. */
const passing: Explanation = {
  code: 'MLFLOW_UNREACHABLE',
  problem: 'the disk of the store fails; free space on it or repair it, and try again',
};

/** A failure of the disk as an MlflowError, with the failure as its cause; anything else as it is. */
export function explainedFault(method: string, error: unknown): unknown {
  if (!isDiskFault(error)) return error;
  const { code: fault = '', path: source, dest: path = source } = error; // of a copy or rename the target says more
  const explanation = explanations[fault] ?? passing;
  const place = path === undefined ? '' : ` at "${path.length > 300 ? `${path.slice(0, 300)}…` : path}"`;
  return new MlflowError(`Cannot ${method}: ${fault}${place}: ${explanation.problem}`, {
    code: explanation.code,
    details: { fault, ...(path !== undefined && { path }) },
    cause: error,
  });
}

// A name that Node itself refuses, as one with a NUL in it, reaches no call of the system.
function isDiskFault(error: unknown): error is NodeJS.ErrnoException & { readonly dest?: string } {
  if (isSystemFault(error)) return true;
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_INVALID_ARG_VALUE';
}
