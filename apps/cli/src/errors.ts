import { AppError, type AppErrorOptions } from '@i-drill/core';

/** What the command line itself refuses. */
export type CliErrorCode =
  /** No version answers to what was asked for. */
  | 'CLI_NOTHING_IN_SERVICE'
  /** A flag's value is not one of those it takes. */
  | 'CLI_WRONG_VALUE'
  /** Nothing to go back to. */
  | 'CLI_NO_PREVIOUS_VERSION';

/** A command was asked for something it cannot do. */
export class CliError extends AppError {
  override readonly name = 'CliError';

  constructor(message: string, options: AppErrorOptions & { readonly code: CliErrorCode }) {
    super(message, options);
  }
}
