import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredCodes, documentedCodes, errorTable } from './error-codes.js';

const root = join(import.meta.dirname, '../..');

describe('docs/errors.md', () => {
  it('lists exactly what the READMEs document', () => {
    expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(errorTable(documentedCodes(root)));
  });

  it('has a row for every code a library declares, and none that no library declares', () => {
    const key = ({ owner, code }: { owner: string; code: string }): string => `${owner} ${code}`;
    expect(documentedCodes(root).map(key).toSorted()).toEqual(declaredCodes(root).map(key).toSorted());
  });
});
