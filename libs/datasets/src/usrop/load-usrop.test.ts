import type { SensorDataset } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import { describeRealData } from '../testing/real-data.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { usropFeatures } from './columns.js';
import { loadUsrop } from './load-usrop.js';
import { usropWells } from './wells.js';

const folder = temporaryFolder();
const header = [
  'Measured Depth m',
  'Weight on Bit kkgf',
  'Average Standpipe Pressure kPa',
  'Average Surface Torque kN.m',
  'Rate of Penetration m/h',
  'Average Rotary Speed rpm',
  'Mud Flow In L/min',
  'Mud Density In g/cm3',
  'Diameter mm',
  'Average Hookload kkgf',
  'Hole Depth (TVD) m',
  'USROP Gamma gAPI',
];

/** A row whose values are its depth times 1, 2, 3, … in the order of the header, but for the mud. */
function row(depth: number, density = 1.2): string {
  return header.map((_, i) => (i === 7 ? density : depth * (i + 1))).join(',');
}

async function writeWell(name: string, rows: readonly string[], head = header.join(',')): Promise<void> {
  const well = usropWells.find((candidate) => candidate.name === name)!;
  await folder.write(`${well.file}.csv`, [head, ...rows, ''].join('\n'));
}

const load = (...wells: string[]): Promise<SensorDataset> => loadUsrop({ dir: folder.path(''), wells });
const column = (name: string): number => usropFeatures.findIndex((feature) => feature.name === name);

describe('loadUsrop()', () => {
  it('takes settings from the metre to be drilled and answers from the metre before', async () => {
    await writeWell('F-5', [row(100.2), row(100.6), row(101.5), row(102.1), row(102.3)]);
    const dataset = await load('F-5');
    const [only, ...rest] = dataset.segments;
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ unit: 'F-5', rows: 2 });
    const first = Array.from(only!.features.slice(0, usropFeatures.length));
    const [before, metre] = [100.4, 101.5]; // mean depths
    const expected = {
      measured_depth: 101,
      vertical_depth: 11 * metre,
      bit_diameter: 9 * metre,
      weight_on_bit: 2 * metre,
      rotary_speed: 6 * metre,
      flow_rate: 7 * metre,
      mud_density: 1.2,
      previous_rate_of_penetration: 5 * before,
      previous_surface_torque: 4 * before,
      previous_standpipe_pressure: 3 * before,
      previous_hookload: 10 * before,
      previous_gamma: 12 * before,
    };
    expect(dataset.features.map(({ name }) => name)).toEqual(Object.keys(expected));
    Object.values(expected).forEach((value, i) => {
      expect(first[i]).toBeCloseTo(value, 9);
    });
    expect(only!.target[0]).toBeCloseTo(5 * metre, 9);
    expect(only!.target[1]).toBeCloseTo(5 * 102.2, 9);
  });

  it('anchors on the rate of penetration of the metre before', async () => {
    await writeWell('F-5', [row(100.5), row(101.5), row(102.5)]);
    const { segments, anchorFeature, features } = await load('F-5');
    expect(anchorFeature).toBe(column('previous_rate_of_penetration'));
    expect(segments[0]!.features[features.length + anchorFeature!]).toBe(segments[0]!.target[0]);
  });

  it('never lets a row know an answer of its own metre', async () => {
    await writeWell('F-5', [row(100.5), row(101.5)]);
    const plain = await load('F-5');
    const answers = [2, 3, 4, 9, 11]; // pressure, torque, rate, hookload, gamma
    const spoilt = row(101.5).split(',').map((value, i) => (answers.includes(i) ? '123456' : value)); // prettier-ignore
    await writeWell('F-5', [row(100.5), spoilt.join(',')]);
    const other = await load('F-5');
    expect(other.segments[0]!.features).toEqual(plain.segments[0]!.features);
    expect(other.segments[0]!.target[0]).toBe(123456);
  });

  it('cuts segments where a metre is missing and drops a metre on its own', async () => {
    await writeWell(
      'F-5',
      [100.5, 101.5, 102.5, 104.5, 106.5, 107.5].map((depth) => row(depth)),
    );
    const { segments } = await load('F-5');
    expect(segments.map(({ rows }) => rows)).toEqual([2, 1]);
    expect(segments.map(({ features }) => features[0])).toEqual([101, 107]);
  });

  it('counts exact copies of a row once, and sorts by depth', async () => {
    const copies = [row(101.5), row(100.9), row(100.1), row(100.1), row(100.1)];
    await writeWell('F-5', copies);
    const dataset = await load('F-5');
    await writeWell('F-5', [row(100.1), row(100.9), row(101.5)]);
    expect(dataset.fingerprint).toBe((await load('F-5')).fingerprint);
  });

  it('reads a mud density in pounds per gallon as g/cm3', async () => {
    await writeWell('F-15', [row(100.5, 10), row(101.5, 12)]);
    const { segments } = await load('F-15');
    expect(segments[0]!.features[column('mud_density')]).toBeCloseTo(12 * 0.1198264, 6);
  });

  it('leaves out a byte-order mark and the row number', async () => {
    await writeWell('F-5', [row(100.5), row(101.5)]);
    const plain = await load('F-5');
    await writeWell('F-5', [`0,${row(100.5)}`, `1,${row(101.5)}`], `\uFEFF,${header.join(',')}`);
    expect((await load('F-5')).fingerprint).toBe(plain.fingerprint);
  });

  it('puts F-7 and F-9 in one group, and takes F-7 only when asked', async () => {
    for (const { name } of usropWells) await writeWell(name, [row(100.5), row(101.5)]);
    const { segments } = await load('F-7', 'F-9', 'F-5');
    expect(segments.map(({ unit, group }) => [unit, group])).toEqual([
      ['F-7', 'F-7+F-9'],
      ['F-5', undefined],
      ['F-9', 'F-7+F-9'],
    ]);
    const byDefault = await loadUsrop({ dir: folder.path('') });
    expect(byDefault.segments.map(({ unit }) => unit)).toEqual(['F-9A', 'F-15', 'F-15S', 'F-5', 'F-9']);
  });

  it('keeps a value that no row of a metre has as NaN', async () => {
    const silent = row(100.5).split(',').map((value, i) => (i === 11 ? '' : value)); // prettier-ignore
    await writeWell('F-5', [silent.join(','), row(101.5), row(102.5)]);
    const { segments, features } = await load('F-5');
    expect(segments[0]!.features[column('previous_gamma')]).toBeNaN();
    expect(segments[0]!.features[features.length + column('previous_gamma')]).toBeCloseTo(12 * 101.5, 9);
  });

  it('refuses wells that do not exist, and none', async () => {
    await expect(load('F-9', 'F-8')).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN_SUBSET',
      message: 'Cannot load USROP: there is no well "F-8"; choose of F-9A, F-7, F-15, F-15S, F-5, F-9',
    });
    await expect(load()).rejects.toMatchObject({ code: 'DATASET_TOO_FEW_UNITS' });
  });

  const rows = [row(100.5), row(101.5)];
  const without = (text: string, i: number): string => text.split(',').toSpliced(i, 1).join(',');
  const broken = [
    ['a missing column', rows.map((r) => without(r, 3)), without(header.join(','), 3), 'DATASET_COLUMNS'],
    ['a column without a number', rows.map((r) => `${without(r, 11)},NaN`), header.join(','), 'DATASET_COLUMN_NAN'],
    ['a single row', rows.slice(1), header.join(','), 'DATASET_TOO_FEW_ROWS'],
    ['metres without a neighbour', [row(100.5), row(105.5)], header.join(','), 'DATASET_TOO_FEW_ROWS'],
    ['a header only', [], header.join(','), 'DATASET_EMPTY'],
    ['a row without depth', [...rows, `,${without(row(3), 0)}`], header.join(','), 'DATASET_UNREADABLE'],
  ] as const;
  for (const [title, lines, head, code] of broken) {
    it(`refuses ${title}`, async () => {
      await writeWell('F-5', lines, head);
      await expect(load('F-5')).rejects.toMatchObject({ name: 'DatasetError', code });
    });
  }

  it('names a missing file', async () => {
    await expect(loadUsrop({ dir: folder.path('nowhere') })).rejects.toMatchObject({ code: 'DATASET_FILE_MISSING' });
  });
});

describeRealData('usrop', (dir) => {
  // Metres with rows and runs of them, counted once more in Python from the files (test/vectors/usrop-metres.py).
  const metres = {
    'F-9A': [619, 10],
    'F-7': [322, 5],
    'F-15': [1903, 33],
    'F-15S': [2526, 32],
    'F-5': [786, 18],
    'F-9': [397, 5],
  };

  it('has the wells of the README, in metres and runs as counted in Python, and every mud in g/cm3', async () => {
    const dataset = await loadUsrop({ dir, wells: Object.keys(metres) });
    for (const [well, [metreCount, runCount]] of Object.entries(metres)) {
      const segments = dataset.segments.filter(({ unit }) => unit === well);
      // A run of n metres gives n − 1 rows, a run of one metre none and no segment.
      expect(segments.reduce((sum, { rows }) => sum + rows, 0)).toBe(metreCount! - runCount!);
      expect(segments.length).toBeLessThanOrEqual(runCount!);
    }
    expect(
      dataset.segments.every(({ features, target }) => !features.some(Number.isNaN) && target.every((v) => v > 0)),
    ).toBe(true);
    const densities = dataset.segments.flatMap(({ features }) =>
      Array.from(features).filter((_, i) => i % usropFeatures.length === column('mud_density')),
    );
    expect(Math.min(...densities)).toBeGreaterThan(1);
    expect(Math.max(...densities)).toBeLessThan(1.6);
  });
});
