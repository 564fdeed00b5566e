import { AppError } from '@i-drill/core';

/** What can be wrong with a configuration. */
export type ConfigErrorCode = 'CONFIG_FILE_MISSING' | 'CONFIG_FILE_UNREADABLE' | 'CONFIG_INVALID';

/** A configuration that cannot be used. With `CONFIG_INVALID`, `details.issues` holds every `ConfigIssue`. */
export class ConfigError extends AppError<ConfigErrorCode> {
  override readonly name = 'ConfigError';
}
