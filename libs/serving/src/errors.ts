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

/** A model could not be opened, a port not bound, a set of arms not taken. */
export class ServingError extends AppError<ServingErrorCode> {
  override readonly name = 'ServingError';
}
