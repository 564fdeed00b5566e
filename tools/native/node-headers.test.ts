import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headersOf } from './node-headers.js';
import { temporaryFolder } from './temporary-folder.js';

describe('headersOf()', () => {
  it('is the folder above the program when the headers lie beside it, and else nothing', () => {
    const prefix = temporaryFolder();
    const node = join(prefix, 'bin/node');
    expect(headersOf(node)).toBeUndefined();
    mkdirSync(join(prefix, 'include/node'), { recursive: true });
    writeFileSync(join(prefix, 'include/node/node_api.h'), '');
    expect(headersOf(node)).toBe(prefix);
  });
});
