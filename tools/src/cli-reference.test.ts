import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliReference } from './cli-reference.js';

const root = join(import.meta.dirname, '../..');

describe('docs/cli.md', () => {
  it('is what --help prints', { timeout: 120_000 }, () => {
    expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(cliReference(root));
  });
});
