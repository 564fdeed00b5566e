import type { Clock, Logger } from '@i-drill/core';

/** What the commands touch beside the network and their files. */
export interface ProgramIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** One JSON line on stdout. */
  print(value: Readonly<Record<string, unknown>>): void;
  /** Resolves with the reason to stop. */
  stopRequested(): Promise<string>;
  /** Ends the process at once, for fault drills. */
  readonly crash: () => void;
}
