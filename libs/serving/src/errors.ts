import { AppError } from '@i-drill/core';

/** The stable codes of this library; `README.md` says what to do about each. */
export type ServingErrorCode =
  | 'SERVING_MODEL_UNREADABLE'
  | 'SERVING_DIGEST_MISMATCH'
  | 'SERVING_SIGNATURE_MISMATCH'
  | 'SERVING_PORT_IN_USE'
  | 'SERVING_LISTEN_FAILED'
  | 'SERVING_INVALID_ARMS'
  | 'SERVING_LOG_UNWRITABLE';

/** What a {@link ServingError} carries beside its message. */
export interface ServingErrorOptions {
  readonly code: ServingErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A model could not be opened, a port not bound, a set of arms not taken. */
export class ServingError extends AppError {
  override readonly name = 'ServingError';
  override readonly code: ServingErrorCode;

  constructor(message: string, options: ServingErrorOptions) {
    super(message, options);
    this.code = options.code;
  }
}
