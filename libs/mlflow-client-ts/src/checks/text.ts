import { invalidValue } from '../faults.js';

/**
 * Refuses what is not a text, as callers without types may hand in, and half of a character, as a cut in the middle leaves it: a server keeps an
 * empty text instead of the whole value then, and says nothing.
 */
export function assertText(what: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw invalidValue(`Cannot use ${JSON.stringify(value)} as ${what}: it is not a text; convert it first`);
  }
  if (!/\p{Surrogate}/u.test(value)) return;
  throw invalidValue(
    `Cannot use ${JSON.stringify(value.slice(0, 80))} as ${what}: it has half of a character in it; cut it elsewhere`,
  );
}
