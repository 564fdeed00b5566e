import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepWholeLines } from './whole-lines.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-lines-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function cut(text: string): { text: string; sizeBytes: number } {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  const file = openSync(path, 'r+');
  const sizeBytes = keepWholeLines(file);
  closeSync(file);
  return { text: readFileSync(path, 'utf8'), sizeBytes };
}

describe('keepWholeLines', () => {
  it('leaves whole lines as they are', () => {
    expect(cut('1 2 3\n4 5 6\n')).toEqual({ text: '1 2 3\n4 5 6\n', sizeBytes: 12 });
  });

  it('cuts off a torn end', () => {
    expect(cut('1 2 3\n4 5')).toEqual({ text: '1 2 3\n', sizeBytes: 6 });
  });

  it('empties a file that is one torn line', () => {
    expect(cut('1 2')).toEqual({ text: '', sizeBytes: 0 });
  });

  it('finds the last newline across blocks', () => {
    const part = fc.oneof(
      fc.constant('\n'),
      fc.integer({ min: 1, max: 9000 }).map((length) => 'x'.repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const text = parts.join('');
        expect(cut(text).text).toBe(text.slice(0, text.lastIndexOf('\n') + 1));
      }),
      { numRuns: 60 },
    );
  });
});
