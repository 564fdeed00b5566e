import { AppError } from '@i-drill/core';

/** What can be wrong with a configuration. */
export type ConfigErrorCode = 'CONFIG_FILE_MISSING' | 'CONFIG_FILE_UNREADABLE' | 'CONFIG_INVALID';

/** What is known of the fault. With `CONFIG_INVALID`, `details.issues` holds every `ConfigIssue`. */
interface ConfigErrorOptions {
  readonly code: ConfigErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A configuration that cannot be used. */
export class ConfigError extends AppError {
  override readonly name = 'ConfigError';
  declare readonly code: ConfigErrorCode;

  constructor(message: string, { code, details, cause }: ConfigErrorOptions) {
    super(message, { code, details, cause });
  }
}
