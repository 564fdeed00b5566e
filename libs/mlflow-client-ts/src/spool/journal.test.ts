import * as fc from 'fast-check';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeOperation } from './journal-line.js';
import { readJournal, repairJournal } from './journal-reader.js';
import { createJournal } from './journal-writer.js';
import type { RunOperation } from './operation.js';

let folder: string;
let path: string;
let count = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlflow-journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = { seq: 0, offset: 0 };

function write(operations: readonly RunOperation[]): string {
  const file = join(folder, `${count++}.jsonl`);
  const journal = createJournal(file);
  operations.forEach((operation) => journal.append(operation));
  journal.close();
  return file;
}

async function read(file: string): Promise<RunOperation[]> {
  const operations: RunOperation[] = [];
  for await (const { text } of readJournal(file, start)) operations.push(decodeOperation(text));
  return operations;
}

const metric = fc.record({
  key: fc.constantFrom('a', 'b/c'),
  value: fc.double(),
  timestamp: fc.nat(),
  step: fc.integer(),
});
const texts = fc.dictionary(fc.string(), fc.string());
const operations: fc.Arbitrary<RunOperation[]> = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('logBatch' as const),
      batch: fc.record({ metrics: fc.array(metric), params: texts, tags: texts }),
    }),
    fc.record({ type: fc.constant('deleteTag' as const), key: fc.string({ unit: 'binary' }) }),
  ),
  { minLength: 1, maxLength: 8 },
);

describe('a journal', () => {
  it('gives back what was written to it, every number and text as it was', async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (written) => {
        expect(await read(write(written))).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it('that ends anywhere gives the operations that are whole, and takes nothing else for one when it is repaired', async () => {
    await fc.assert(
      fc.asyncProperty(operations, fc.nat(), async (written, cut) => {
        const file = write(written);
        truncateSync(file, cut % statSync(file).size);
        const whole = readFileSync(file, 'utf8').split('\n').length - 1;
        expect(await read(file)).toEqual(written.slice(0, whole));
        expect(await repairJournal(file, start)).toBe(whole);
        appendFileSync(file, 'torn');
        expect(await read(file)).toEqual(written.slice(0, whole));
      }),
      { numRuns: 50 },
    );
  });

  it('with a changed byte before its last line is refused, with file and line', async () => {
    const file = write([
      { type: 'deleteTag', key: 'a' },
      { type: 'deleteTag', key: 'bcd' },
      { type: 'deleteTag', key: 'e' },
    ]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('bcd', 'bxd'));
    await expect(read(file)).rejects.toMatchObject({ code: 'MLFLOW_CORRUPT_SPOOL', details: { file, line: 2 } });
    await expect(repairJournal(file, start)).rejects.toThrow(`line 2 of "${file}"`);
  });

  it('without a line in the middle is refused', async () => {
    const file = write(['a', 'b', 'c'].map((key) => ({ type: 'deleteTag', key })));
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [lines[0], lines[2], ''].join('\n'));
    await expect(read(file)).rejects.toMatchObject({ code: 'MLFLOW_CORRUPT_SPOOL', details: { line: 2 } });
  });

  it('whose last blocks never reached the disk loses only its last line', async () => {
    const file = write(['a', 'b'].map((key) => ({ type: 'deleteTag', key })));
    appendFileSync(file, `{"seq":3,"crc"${'\0'.repeat(20)}\n`);
    expect(await read(file)).toHaveLength(2);
    expect(await repairJournal(file, start)).toBe(2);
  });

  it('is read from a position, over the ends of the pieces it is read in', async () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `${index}-${'x'.repeat(index % 500)}`);
    const file = write(keys.map((key) => ({ type: 'deleteTag', key })));
    expect(await read(file)).toHaveLength(3000);
    let middle = start;
    for await (const { seq, end } of readJournal(file, start)) if (seq === 1500) middle = { seq, offset: end };
    const rest: number[] = [];
    for await (const { seq } of readJournal(file, middle)) rest.push(seq);
    expect([rest[0], rest.length]).toEqual([1501, 1500]);
  });

  it('is not begun over another one', () => {
    writeFileSync(path, '');
    expect(() => createJournal(path)).toThrow('EEXIST');
  });
});
