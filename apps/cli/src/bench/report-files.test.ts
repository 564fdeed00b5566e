import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReports, writeReports } from './report-files.js';
import { madeReport } from './testing/made-report.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'i-drill-bench-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('writeReports()', () => {
  it('keeps the reports of other models and makes the page from all of them', async () => {
    await writeFile(join(folder, 'other.json'), 'not a report');
    await writeReports(folder, [madeReport('FD001', 'lstm')]);
    await writeReports(folder, [madeReport('FD002', 'cnn-lstm')]);
    expect(await readReports(folder)).toEqual([madeReport('FD001', 'lstm'), madeReport('FD002', 'cnn-lstm')]);
    expect((await readdir(folder)).sort()).toEqual([
      'other.json',
      'rul-FD001-lstm.json',
      'rul-FD001.svg',
      'rul-FD002-cnn-lstm.json',
      'rul-FD002.svg',
      'rul.md',
    ]);
    expect(await readFile(join(folder, 'rul.md'), 'utf8')).toContain('### FD001');
  });

  it('writes every answer on a line of its own', async () => {
    const lines = (await readFile(join(folder, 'rul-FD001-lstm.json'), 'utf8')).split('\n');
    expect(lines.filter((line) => line.includes('"unit"'))).toHaveLength(15);
  });

  it('makes nothing, not even the folder, where there is nothing to write', async () => {
    await writeReports(join(folder, 'new'), []);
    await expect(readdir(join(folder, 'new'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
