import { MlflowError } from '../errors.js';

/** The error for a name that another has. */
export function taken(message: string, details: Readonly<Record<string, unknown>> = {}): MlflowError {
  return new MlflowError(message, { code: 'RESOURCE_ALREADY_EXISTS', details });
}
