import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileCache, type FileCache } from './file-cache.js';

let folder: string;
let file: string;
let parsed: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-cache-'));
  file = join(folder, 'file');
  parsed = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = 1_700_000_000;

function write(path: string, text: string, seconds = start): void {
  writeFileSync(path, text);
  utimesSync(path, seconds, seconds);
}

function read(cache: FileCache, path = file): number | undefined {
  return cache.read(path, (text) => {
    parsed.push(text);
    return text.length;
  });
}

describe('a file cache', () => {
  it('parses a file once while it stays as it is', () => {
    const cache = createFileCache();
    write(file, 'one');
    expect([read(cache), read(cache)]).toEqual([3, 3]);
    expect(parsed).toEqual(['one']);
  });

  it.each([
    [
      'another size',
      (): void => {
        write(file, 'longer');
      },
    ],
    [
      'another time',
      (): void => {
        write(file, 'two', start + 1);
      },
    ],
  ])('parses it again when it has %s', (_, change) => {
    const cache = createFileCache();
    write(file, 'one');
    read(cache);
    change();
    read(cache);
    expect(parsed).toHaveLength(2);
  });

  it('reads a file that changed just now every time: its next change may not show', () => {
    const cache = createFileCache({ now: () => start * 1000 + 2000 });
    write(file, 'one');
    read(cache);
    write(file, 'two');
    read(cache);
    expect(parsed).toEqual(['one', 'two']);
  });

  it('knows no file that is absent, removed, a folder, or named too long', () => {
    const cache = createFileCache();
    expect(read(cache)).toBeUndefined();
    write(file, 'one');
    read(cache);
    rmSync(file);
    expect(read(cache)).toBeUndefined();
    mkdirSync(file);
    expect(read(cache)).toBeUndefined();
    expect(read(cache, join(folder, 'x'.repeat(5000)))).toBeUndefined();
    expect(read(cache, join(folder, 'x'.repeat(300)))).toBeUndefined();
  });

  it('keeps what is asked for again and again, and forgets the rest, when it is full', () => {
    const [often = '', ...others] = Array.from({ length: 20 }, (_, index) => join(folder, `file${index}`));
    for (const path of [often, ...others]) write(path, path);
    const cache = createFileCache({ maxSize: 8 * (300 + 2 * often.length) });
    for (const path of others) {
      read(cache, often);
      read(cache, path);
    }
    expect(parsed.filter((path) => path === often)).toHaveLength(1);
    parsed = [];
    for (const path of others) read(cache, path);
    expect(parsed.length).toBeGreaterThan(10);
  });
});
