import { isMlflowError } from '../errors.js';
import { jsonReply, type Reply } from './call.js';

interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

// By the code of an error of this library: the status, and the code that MLflow's clients know.
const failures: Readonly<Record<string, readonly [status: number, code: string]>> = {
  ABORTED: [409, 'ABORTED'],
  BAD_REQUEST: [400, 'BAD_REQUEST'],
  ENDPOINT_NOT_FOUND: [404, 'ENDPOINT_NOT_FOUND'],
  INVALID_PARAMETER_VALUE: [400, 'INVALID_PARAMETER_VALUE'],
  INVALID_STATE: [500, 'INVALID_STATE'],
  MLFLOW_ABORTED: [499, 'CANCELLED'],
  MLFLOW_LOCKED: [503, 'TEMPORARILY_UNAVAILABLE'],
  MLFLOW_TIMEOUT: [504, 'DEADLINE_EXCEEDED'],
  MLFLOW_UNREACHABLE: [503, 'TEMPORARILY_UNAVAILABLE'],
  MLFLOW_UNSUPPORTED: [501, 'NOT_IMPLEMENTED'],
  MLFLOW_UNSUPPORTED_ARTIFACT_STORE: [501, 'NOT_IMPLEMENTED'],
  MLFLOW_VALUE_TOO_LONG: [400, 'INVALID_PARAMETER_VALUE'],
  NOT_IMPLEMENTED: [501, 'NOT_IMPLEMENTED'],
  PERMISSION_DENIED: [403, 'PERMISSION_DENIED'],
  REQUEST_LIMIT_EXCEEDED: [429, 'REQUEST_LIMIT_EXCEEDED'],
  RESOURCE_ALREADY_EXISTS: [400, 'RESOURCE_ALREADY_EXISTS'],
  RESOURCE_CONFLICT: [409, 'RESOURCE_CONFLICT'],
  RESOURCE_DOES_NOT_EXIST: [404, 'RESOURCE_DOES_NOT_EXIST'],
  TEMPORARILY_UNAVAILABLE: [503, 'TEMPORARILY_UNAVAILABLE'],
  UNAUTHENTICATED: [401, 'UNAUTHENTICATED'],
};

/** Names that a file system refuses are wrong arguments: too long, a file where a folder must be, a zero byte. */
const nameFaults = new Set([
  'EEXIST',
  'EINVAL',
  'EISDIR',
  'ENAMETOOLONG',
  'ENOTDIR',
  'ENOTEMPTY',
  'ERR_INVALID_ARG_VALUE',
]);

/** Nobody waits for the answer any more: the client has broken off, or the face closes. */
const brokenOff = new Set(['ABORT_ERR', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The answer to a request that failed. `report` is told of what is a fault of the server. */
export function failureReply(error: unknown, report: (error: unknown) => void): Reply {
  const { status, code, message } = failureOf(error);
  if (status === 500) report(error);
  return jsonReply({ error_code: code, message }, status);
}

function failureOf(error: unknown): Failure {
  if (isMlflowError(error)) {
    const [status, code] = failures[error.code] ?? [500, 'INTERNAL_ERROR'];
    return { status: error.httpStatus ?? status, code, message: error.message };
  }
  const { code = '' } = error as NodeJS.ErrnoException;
  if (brokenOff.has(code)) {
    return { status: 499, code: 'CANCELLED', message: 'Cannot take the request: it ended before it was complete' };
  }
  if (nameFaults.has(code)) {
    const message = `Cannot use a name of the request as that of a file: ${code}; choose another`;
    return { status: 400, code: 'INVALID_PARAMETER_VALUE', message };
  }
  // The text of an unforeseen error may tell more than a client should know.
  const message = `Cannot answer the request: the store failed${code === '' ? '' : ` (${code})`}; see the log of the server`;
  return { status: 500, code: 'INTERNAL_ERROR', message };
}
