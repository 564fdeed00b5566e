import type { SensorDataset } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import { describeRealData } from '../testing/real-data.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { forgeLogs } from './columns.js';
import { loadForge } from './load-forge.js';

const folder = temporaryFolder();
const features = forgeLogs['without-outliers'].features;
const header = features.map((feature) => feature.heading).join(',');

/** A row whose values are its depth times 1, 2, 3, … in the order of the features. */
const row = (depth: number): string => features.map((_, i) => depth * (i + 1)).join(',');
const column = (name: string): number => features.findIndex((feature) => feature.name === name);

async function load(depths: readonly number[], blocks = 1, lines = depths.map(row)): Promise<SensorDataset> {
  await folder.write('well_without_outlier.csv', [header, ...lines, ''].join('\n'));
  return loadForge({ dir: folder.path(''), blocks });
}

describe('loadForge()', () => {
  it('takes settings from the row to be drilled and answers from the row before', async () => {
    const { segments, anchorFeature } = await load([100, 100.25, 100.5]);
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ unit: 'block-01', rows: 2 });
    const first = segments[0]!.features.slice(0, features.length);
    features.forEach(({ known }, i) => {
      expect(first[i]).toBe((known === 'before' ? 100.25 : 100) * (i + 1));
    });
    const rop = column('previous_rate_of_penetration');
    expect(anchorFeature).toBe(rop);
    expect(Array.from(segments[0]!.target)).toEqual([100.25 * (rop + 1), 100.5 * (rop + 1)]);
  });

  it('cuts segments where a row is missing, sorts by depth and takes the first row of a depth', async () => {
    const lines = [
      row(101),
      row(100),
      `100,${row(7).split(',').slice(1).join(',')}`,
      row(100.5),
      row(100.25),
      row(101.25),
    ];
    const { segments } = await load([], 1, lines);
    expect(segments.map(({ rows }) => rows)).toEqual([4]);
    expect(segments[0]!.features[column('previous_rate_of_penetration')]).toBe(500);
    const gap = await load([100, 100.25, 101, 102, 102.25]);
    expect(gap.segments.map(({ rows }) => rows)).toEqual([1, 1]); // 101 stands alone
    expect(gap.segments.map((segment) => segment.features[0])).toEqual([100.25, 102.25]);
  });

  it('cuts the well into units of equal size by depth', async () => {
    const depths = Array.from({ length: 9 }, (_, i) => 100 + 0.25 * i);
    const { segments } = await load(depths, 3);
    expect(segments.map(({ unit, rows }) => [unit, rows])).toEqual([
      ['block-01', 2],
      ['block-02', 2],
      ['block-03', 2],
    ]);
    expect(segments.map((segment) => segment.features[0])).toEqual([100.25, 101, 101.75]);
  });

  it('refuses a file that does not exist, blocks that are no number of blocks, and blocks without neighbours', async () => {
    const dir = folder.path('');
    await expect(loadForge({ dir, file: 'most' })).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN_SUBSET',
      message: 'Cannot load Utah FORGE: there is no file "most"; choose of without-outliers, all',
    });
    await expect(loadForge({ dir, file: 'all' })).rejects.toMatchObject({ code: 'DATASET_FILE_MISSING' });
    await expect(load([100, 100.25], 0)).rejects.toThrow(RangeError);
    await expect(load([100, 100.25, 110, 120], 2)).rejects.toMatchObject({ code: 'DATASET_TOO_FEW_ROWS' });
    await expect(load([], 1, [row(100), row(1).replace('1,', ','), row(100.25)])).rejects.toMatchObject({
      code: 'DATASET_UNREADABLE',
      message: expect.stringContaining('row 2 has no depth') as string,
    });
  });
});

describeRealData('utah_forge_58_32', (dir) => {
  const rowsOf = ({ segments }: SensorDataset): number => segments.reduce((sum, { rows }) => sum + rows, 0);

  /** Mean absolute error of holding the rate of penetration of the row before. */
  function holdLast({ segments, features, anchorFeature }: SensorDataset): number {
    const errors = segments.flatMap(({ features: values, target }) =>
      Array.from(target, (rop, i) => Math.abs(rop - values[i * features.length + anchorFeature!]!)),
    );
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  }

  it('has ten blocks of the rows of the README; the row before misses by about 2.89 m/h', async () => {
    const dataset = await loadForge({ dir });
    expect(new Set(dataset.segments.map(({ unit }) => unit)).size).toBe(10);
    // 7293 rows, less repeated depths and the first row of each segment.
    expect(rowsOf(dataset)).toBeGreaterThan(7100);
    expect(rowsOf(dataset)).toBeLessThan(7293);
    expect(Math.abs(holdLast(dataset) - 2.89)).toBeLessThan(0.1);
    expect(dataset.segments.every(({ features }) => features.every(Number.isFinite))).toBe(true);
  });

  it('reads the log with outliers, torque and hookload', async () => {
    const dataset = await loadForge({ dir, file: 'all' });
    expect(dataset.features).toHaveLength(10);
    expect(rowsOf(dataset)).toBeGreaterThan(7100);
  });
});
