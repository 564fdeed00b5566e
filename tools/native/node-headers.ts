import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder whose `include/node` has the headers of this Node.js; installations from a distribution or an archive bring
 * them. Without them node-gyp fetches its own.
 *
 * @param node path of the Node.js program
 */
export function headersOf(node: string): string | undefined {
  const prefix = dirname(dirname(node));
  return existsSync(join(prefix, 'include/node/node_api.h')) ? prefix : undefined;
}
