/** Codes that MLflow servers answer with; the file store raises the same ones for the same faults. */
export type MlflowServerErrorCode =
  | 'INVALID_PARAMETER_VALUE'
  | 'RESOURCE_ALREADY_EXISTS'
  | 'RESOURCE_DOES_NOT_EXIST'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'REQUEST_LIMIT_EXCEEDED';

/** Codes of faults that this client finds by itself. */
export type MlflowClientErrorCode =
  | 'MLFLOW_ABORTED'
  | 'MLFLOW_BAD_RESPONSE'
  | 'MLFLOW_CORRUPT_SPOOL'
  | 'MLFLOW_CORRUPT_STORE'
  | 'MLFLOW_DIGEST_MISMATCH'
  | 'MLFLOW_FILE_SYSTEM'
  | 'MLFLOW_INVALID_URI'
  | 'MLFLOW_LOCKED'
  | 'MLFLOW_TIMEOUT'
  | 'MLFLOW_UNREACHABLE'
  | 'MLFLOW_UNSUPPORTED'
  | 'MLFLOW_UNSUPPORTED_ARTIFACT_STORE'
  | 'MLFLOW_VALUE_TOO_LONG';

/** Every code of {@link MlflowError}; a server may send others, which are passed on as they are. */
export type MlflowErrorCode = MlflowServerErrorCode | MlflowClientErrorCode;

/** What an {@link MlflowError} carries beside its message. */
export interface MlflowErrorOptions {
  readonly code: MlflowErrorCode | (string & {});
  readonly httpStatus?: number;
  /** What the server said, word for word. */
  readonly serverMessage?: string;
  /** The body of an answer that is not MLflow's JSON: HTML or text, of the server or of a proxy before it. */
  readonly body?: string;
  /** The values the message speaks of. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * A fault of the tracking server, of the file store, or of what they were asked. Branch on `code`.
 *
 * @example
 * ```ts
 * import { MlflowError } from 'mlflow-client-ts';
 * new MlflowError('Cannot get run "a1": no such run', { code: 'RESOURCE_DOES_NOT_EXIST' }).code; // => 'RESOURCE_DOES_NOT_EXIST'
 * ```
 */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';
  readonly code: string;
  /** Only when a server answered. */
  readonly httpStatus: number | undefined;
  /** What the server said, word for word; `undefined` when it sent no error of MLflow's. */
  readonly serverMessage: string | undefined;
  /** The body of an answer that is not MLflow's JSON (HTML, text), cut to 2000 characters. */
  readonly body: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: MlflowErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.httpStatus = options.httpStatus;
    this.serverMessage = options.serverMessage;
    this.body = options.body;
    this.details = options.details ?? {};
  }
}

/**
 * Whether a caught value is an {@link MlflowError}, of one code when one is given.
 *
 * @example
 * ```ts
 * import { isMlflowError } from 'mlflow-client-ts';
 * isMlflowError(new Error('other')); // => false
 * ```
 */
export function isMlflowError(error: unknown, code?: MlflowErrorCode): error is MlflowError {
  return error instanceof MlflowError && (code === undefined || error.code === code);
}
