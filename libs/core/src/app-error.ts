/** What an error carries beside its message: a stable code to branch on, values for a reader, the error below it. */
export interface AppErrorOptions<Code extends string = string> {
  /** Stable, listed in `docs/errors.md`. Callers branch on it, never on the message. */
  readonly code: Code;
  /** The values the message speaks of. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * A condition a caller may act on. Libraries extend it in their `errors.ts`, with the union of their codes.
 *
 * Messages read "Cannot ‹action›: ‹what is wrong, current value›; ‹what to do›".
 *
 * @example
 * ```ts
 * import { AppError } from '@i-drill/core';
 * new AppError('Cannot read "a.csv": no such file', { code: 'DATA_FILE_MISSING' }).code; // => 'DATA_FILE_MISSING'
 * ```
 */
export class AppError<Code extends string = string> extends Error {
  override readonly name: string = 'AppError';
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: AppErrorOptions<Code>) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.details = options.details ?? {};
  }
}

/** Whether an error is one of ours, of whatever library. `instanceof AppError` alone would leave `code` untyped. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
