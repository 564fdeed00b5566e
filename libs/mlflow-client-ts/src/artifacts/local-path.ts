import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invalidValue } from '../faults.js';

/**
 * The path that a `file:` URI or an absolute path names; `undefined` for anything else, and for folders of other hosts. A malformed URI is
 * refused, not passed on: what reads it otherwise could find a path in it.
 */
export function localPathOf(uri: string): string | undefined {
  if (isAbsolute(uri)) return uri;
  if (!/^file:\//i.test(uri)) return undefined;
  try {
    const url = new URL(uri);
    if (url.host !== '' && url.host !== 'localhost') return undefined;
    url.host = '';
    return fileURLToPath(url);
  } catch {
    throw invalidValue(`Cannot use "${uri}" as folder: it names no path of this machine; correct its percent escapes`, {
      uri,
    });
  }
}
