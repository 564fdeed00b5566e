import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path that a `file:` URI or an absolute path names; `undefined` for anything else, and for folders of other hosts. */
export function localPathOf(uri: string): string | undefined {
  if (isAbsolute(uri)) return uri;
  if (!/^file:\//i.test(uri)) return undefined;
  const url = new URL(uri);
  if (url.host !== '' && url.host !== 'localhost') return undefined;
  url.host = '';
  return fileURLToPath(url);
}
