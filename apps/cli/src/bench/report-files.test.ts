import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReports, withFormerSeeds, writeReports } from './report-files.js';
import type { RulReport } from './rul-report.js';
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

describe('withFormerSeeds()', () => {
  const all = madeReport('FD003', 'lstm');
  const seeds = (...wanted: number[]): RulReport => ({
    ...all,
    seeds: all.seeds.filter(({ seed }) => wanted.includes(seed)),
  });

  it('joins the seeds of a folder with later ones, of which each takes the place of a former one', async () => {
    const pieces = join(folder, 'pieces');
    await writeReports(pieces, await withFormerSeeds(pieces, [seeds(1, 4)]));
    const again = { ...seeds(4, 5), seeds: seeds(4, 5).seeds.map((seed) => ({ ...seed, trainingSeconds: 7 })) };
    const [joined] = await withFormerSeeds(pieces, [again]);
    expect(joined!.seeds.map(({ seed, trainingSeconds }) => [seed, trainingSeconds])).toEqual([
      [1, 1],
      [4, 7],
      [5, 7],
    ]);
  });

  it('refuses seeds that were trained by another recipe, and leaves them where they are', async () => {
    const pieces = join(folder, 'others');
    const others = { ...seeds(1), protocol: { ...all.protocol, stride: 5 } } as unknown as RulReport;
    await writeReports(pieces, [others]);
    await expect(withFormerSeeds(pieces, [seeds(2)])).rejects.toMatchObject({
      code: 'CLI_WRONG_VALUE',
      message: `Cannot add to "${join(pieces, 'rul-FD003-lstm.json')}": it was made by another recipe; leave out --add to replace it`,
    });
    expect(await readReports(pieces)).toEqual([others]);
  });
});
