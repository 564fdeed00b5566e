import { posix } from 'node:path';
import { invalidValue } from '../faults.js';
import { assertLength } from './text-length.js';

const keyPattern = /^[/\p{L}\p{N}_.\- :]+$/u;

/**
 * Refuses the key of a metric, param or tag that a server refuses: keys may be file names, so a key is letters, digits and
 * `_ - . : /` or spaces, and a path that is already in its shortest form.
 */
export function assertKey(kind: 'metric' | 'param' | 'tag', key: string): void {
  if (!keyPattern.test(key)) {
    throw invalidValue(
      `Cannot use ${JSON.stringify(key)} as key of a ${kind}: only letters, digits, spaces and _ - . : / are allowed, at least one`,
      { key },
    );
  }
  if (isPathLike(key)) {
    throw invalidValue(
      `Cannot use ${JSON.stringify(key)} as key of a ${kind}: it reads as a path that leads elsewhere; leave out "..", "//" and outer slashes`,
      { key },
    );
  }
  assertLength('key', `key of a ${kind} "${key.slice(0, 40)}…"`, key);
}

function isPathLike(key: string): boolean {
  return (
    posix.normalize(key) !== key || key === '.' || key.startsWith('..') || key.startsWith('/') || key.endsWith('/')
  );
}
