import { AppError, type AppErrorOptions } from '@i-drill/core';

/** What the command line itself refuses. */
export type CliErrorCode =
  /** Another program listens where the service is to listen. */
  | 'CLI_PORT_IN_USE'
  /** A flag's value is not one of those it takes. */
  | 'CLI_WRONG_VALUE';

/** A command was asked for something it cannot do. */
export class CliError extends AppError {
  override readonly name = 'CliError';

  constructor(message: string, options: AppErrorOptions & { readonly code: CliErrorCode }) {
    super(message, options);
  }
}
