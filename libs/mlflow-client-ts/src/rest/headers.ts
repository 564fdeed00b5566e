import { validateHeaderName, validateHeaderValue } from 'node:http';
import { invalidValue } from '../faults.js';

/** Refuses headers that cannot be sent; `subject` begins the message: `Cannot use X: it`. The value is never shown: it may be secret. */
export function assertHeaders(headers: Readonly<Record<string, string>>, subject: (name: string) => string): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw invalidValue(`${subject(name)} with a line break or another character that no header may have; correct it`);
    }
  }
}
