import { invalidValue } from '../faults.js';

/** Refuses what is not a text, as callers without types may hand in. */
export function assertText(what: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw invalidValue(`Cannot use ${JSON.stringify(value)} as ${what}: it is not a text; convert it first`);
  }
}
