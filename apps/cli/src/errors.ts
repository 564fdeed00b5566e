import { AppError } from '@i-drill/core';

/** What the command line itself refuses. */
export type CliErrorCode =
  /** Neither registry nor service know the model. */
  | 'CLI_UNKNOWN_MODEL'
  /** A process of a benchmark ended without an answer. */
  | 'CLI_BENCH_FAILED'
  /** A file or folder of ours cannot be used. */
  | 'CLI_SYSTEM'
  /** Another program listens where the service is to listen. */
  | 'CLI_PORT_IN_USE'
  /** Command, flag or value is not one of those there are. */
  | 'CLI_USAGE'
  /** Values that do not go together, or of which one is missing. */
  | 'CLI_WRONG_VALUE';

/** A command was asked for something it cannot do. */
export class CliError extends AppError<CliErrorCode> {
  override readonly name = 'CliError';
}
