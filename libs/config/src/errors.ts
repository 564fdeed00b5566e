import { AppError, type AppErrorOptions } from '@i-drill/core';

/** What can be wrong with a configuration. */
export type ConfigErrorCode = 'CONFIG_FILE_MISSING' | 'CONFIG_FILE_UNREADABLE' | 'CONFIG_INVALID';

/** A configuration that cannot be used. With `CONFIG_INVALID`, `details.issues` holds every `ConfigIssue`. */
export class ConfigError extends AppError {
  override readonly name = 'ConfigError';
  declare readonly code: ConfigErrorCode;

  constructor(message: string, options: AppErrorOptions & { readonly code: ConfigErrorCode }) {
    super(message, options);
  }
}
