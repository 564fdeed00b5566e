import type { SensorDataset } from '@i-drill/core';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeRealData } from '../testing/real-data.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { cmapssFeatures } from './columns.js';
import { loadCmapss } from './load-cmapss.js';

const folder = temporaryFolder();
const dir = folder.path;

/** A line of 26 values, as NASA writes them: sensor 2 (T24) and sensor 3 (T30) change, the rest is constant. */
function line(unit: number, cycle: number): string {
  const values = [unit, cycle, 0, 0, 100, 518.67, 640 + cycle, 1580 + unit, ...new Array<number>(18).fill(1)];
  return `${values.join(' ')}  \n`;
}

function engine(unit: number, cycles: number): string {
  return Array.from({ length: cycles }, (_, i) => line(unit, i + 1)).join('');
}

async function writeFiles(changes: { train?: string; test?: string; lives?: string } = {}): Promise<void> {
  const { train = engine(1, 3) + engine(2, 4), test = engine(1, 2) + engine(2, 1), lives = '50 \n7 \n' } = changes;
  await folder.write('train_FD001.txt.gz', gzipSync(train));
  await folder.write('test_FD001.txt', test);
  await folder.write('RUL_FD001.txt', lives);
}

const load = (limitUnits?: number): ReturnType<typeof loadCmapss> =>
  loadCmapss({ dir: dir(''), subset: 'FD001', ...(limitUnits === undefined ? {} : { limitUnits }) });

describe('loadCmapss()', () => {
  it('counts down to 0 in training, and to the life left in the test part', async () => {
    await writeFiles();
    const { train, test } = await load();
    expect(train.segments.map(({ unit, target }) => [unit, ...target])).toEqual([
      ['FD001-train-001', 2, 1, 0],
      ['FD001-train-002', 3, 2, 1, 0],
    ]);
    expect(test.segments.map(({ unit, target }) => [unit, ...target])).toEqual([
      ['FD001-test-001', 51, 50],
      ['FD001-test-002', 7],
    ]);
    expect(test.evaluateOn).toBe('last-row');
    expect(test.target).toEqual({ name: 'remaining_useful_life', unit: 'cycles' });
  });

  it('keeps the columns that change in training, and the same in the test part', async () => {
    const test = engine(1, 2).replaceAll(' 1  \n', ' 9  \n') + engine(2, 1); // W32 changes here only
    await writeFiles({ test });
    const datasets = await load();
    for (const { features } of [datasets.train, datasets.test]) {
      expect(features).toEqual([
        { name: 'T24', unit: 'R' },
        { name: 'T30', unit: 'R' },
      ]);
    }
    expect(datasets.train.segments[1]!.features.slice(0, 4)).toEqual(Float64Array.of(641, 1582, 642, 1582));
  });

  it('decides on the columns over all engines even when it takes the first only', async () => {
    await writeFiles();
    const { train, test } = await load(1);
    expect(train.segments).toHaveLength(1);
    expect(test.segments).toHaveLength(1);
    expect(train.features.map(({ name }) => name)).toEqual(['T24', 'T30']); // T30 is constant in engine 1
    expect(train.fingerprint).not.toBe((await load()).train.fingerprint);
  });

  it('refuses a subset that does not exist', async () => {
    await expect(loadCmapss({ dir: dir(''), subset: 'FD005' })).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN_SUBSET',
      message: 'Cannot load C-MAPSS: "FD005" is no subset; choose one of FD001, FD002, FD003, FD004',
    });
  });

  it('refuses a limit that is no number of engines', async () => {
    for (const limit of [0, -1, 1.5, NaN]) await expect(load(limit)).rejects.toThrow(RangeError);
  });

  it('names the missing file and its packed form', async () => {
    await expect(loadCmapss({ dir: dir(''), subset: 'FD004' })).rejects.toMatchObject({
      code: 'DATASET_FILE_MISSING',
      message: `Cannot read "${dir('train_FD004.txt')}": there is no such file, nor train_FD004.txt.gz beside it; check the data folder`,
    });
  });

  const broken = [
    ['a missing column', { train: '1 1 0 0 100\n1 2 0 0 100\n' }, 'DATASET_COLUMNS', 'has a width of 5, expected 26'],
    ['one row', { train: line(1, 1) }, 'DATASET_TOO_FEW_ROWS', 'it has 1 row'],
    ['an empty file', { test: '' }, 'DATASET_EMPTY', '0 bytes'],
    [
      'a sensor without a number',
      { train: engine(1, 3).replaceAll('518.67', 'NaN') },
      'DATASET_COLUMN_NAN',
      'column "T2" holds no number in 3 rows',
    ],
    [
      'nothing that changes',
      { train: line(1, 1).replace(' 641 ', ' 642 ') + line(1, 2) },
      'DATASET_COLUMNS',
      'no sensor ever changes',
    ],
    [
      'a missing cycle',
      { train: line(1, 1) + line(1, 3) },
      'DATASET_UNREADABLE',
      'at line 2, cycle 3 of engine 1 follows cycle 1',
    ],
    [
      'an engine in two pieces',
      { train: line(1, 1) + line(2, 1) + line(1, 2) },
      'DATASET_UNREADABLE',
      'engine 1 starts again',
    ],
    ['lives for other engines', { lives: '50\n' }, 'DATASET_UNREADABLE', 'it has 1 lives for 2 test engines'],
  ] as const;
  for (const [title, changes, code, message] of broken) {
    it(`refuses ${title}`, async () => {
      await writeFiles(changes);
      await expect(load()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    });
  }
});

describeRealData('cmapss', (dataDir) => {
  const rows = ({ segments }: SensorDataset): number => segments.reduce((sum, segment) => sum + segment.rows, 0);
  const lengths = ({ segments }: SensorDataset): number[] => segments.map((segment) => segment.rows);
  // The counts of the README beside the files.
  const published = [
    {
      subset: 'FD001',
      train: [20631, 100, 128, 362],
      test: [13096, 100, 31, 303],
      lives: [7, 145],
      constant: 'TRA T2 P2 epr farB Nf_dmd PCNfR_dmd',
    },
    { subset: 'FD002', train: [53759, 260, 128, 378], test: [33991, 259, 21, 367], lives: [6, 194], constant: '' },
    {
      subset: 'FD003',
      train: [24720, 100, 145, 525],
      test: [16596, 100, 38, 475],
      lives: [6, 145],
      constant: 'TRA T2 P2 farB Nf_dmd PCNfR_dmd',
    },
    { subset: 'FD004', train: [61249, 249, 128, 543], test: [41214, 248, 19, 486], lives: [6, 195], constant: '' },
  ];
  for (const { subset, constant, lives, ...counts } of published) {
    it(`has the published rows, engines, lengths, lives and constant columns in ${subset}`, async () => {
      const { train, test } = await loadCmapss({ dir: dataDir, subset });
      const count = (part: SensorDataset): number[] => {
        return [rows(part), part.segments.length, Math.min(...lengths(part)), Math.max(...lengths(part))];
      };
      expect(count(train)).toEqual(counts.train);
      expect(count(test)).toEqual(counts.test);
      const last = test.segments.map(({ target }) => target.at(-1)!);
      expect([Math.min(...last), Math.max(...last)]).toEqual(lives);
      const names = train.features.map(({ name }) => name);
      const left = cmapssFeatures.filter(({ name }) => !names.includes(name));
      expect(left.map(({ name }) => name).join(' ')).toBe(constant);
      expect(train.source).toBe(`cmapss/train_${subset}.txt.gz`);
    });
  }
});
