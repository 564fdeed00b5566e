import type { SensorDataset } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { splitByUnit } from '../split-by-unit.js';
import { describeRealData } from '../testing/real-data.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeParquet } from '../testing/write-parquet.js';
import { columnName, sensorHeadings } from './columns.js';
import { loadIdrillSynthetic } from './load-idrill-synthetic.js';

const folder = temporaryFolder();

/** Rows of which sensor i reads 100 · row + i and the rate of penetration is the row. */
async function load(sites: readonly string[]): Promise<SensorDataset> {
  const sensors = sensorHeadings.map((heading, i) => `100.0 * i + ${i} AS "${heading}"`);
  const list = sites.map((site) => `'${site}'`).join(', ');
  const query = `SELECT ${sensors.join(', ')}, i::DOUBLE AS "Rate of Penetration Sensor", [${list}][i + 1] AS "Location"
    FROM range(${sites.length}) AS rows(i)`;
  await writeParquet(folder.path('master_dataset.parquet'), query);
  return loadIdrillSynthetic({ dir: folder.path('') });
}

describe('loadIdrillSynthetic()', () => {
  it('keeps both copies of a row in one unit, in two segments', async () => {
    const { segments, features, anchorFeature } = await load(['A', 'B', 'A', 'A', 'B', 'A']);
    expect(segments.map(({ unit, target }) => [unit, ...target])).toEqual([
      ['A', 0, 2],
      ['B', 1],
      ['A', 3, 5],
      ['B', 4],
    ]);
    expect(Array.from(segments[1]!.features)).toEqual(sensorHeadings.map((_, i) => 100 + i));
    expect(features.map(({ name }) => name)).toEqual(sensorHeadings.map(columnName));
    expect(features.map(({ name }) => name)).not.toContain('rate_of_penetration');
    expect(anchorFeature).toBeUndefined();
  });

  it('refuses files whose halves are not row by row of the same sites', async () => {
    const unreadable = { code: 'DATASET_UNREADABLE', message: expect.stringContaining('row 2 and its copy, row 4') };
    await expect(load(['A', 'B', 'A', 'A'])).rejects.toMatchObject(unreadable);
    await expect(load(['A', 'A', 'A'])).rejects.toMatchObject({ code: 'DATASET_UNREADABLE' });
  });
});

describeRealData('idrill_synthetic', (dir) => {
  it('has 20000 rows of 50 sites, and no row of a test part in the training part', async () => {
    const dataset = await loadIdrillSynthetic({ dir });
    expect(dataset.segments.reduce((sum, { rows }) => sum + rows, 0)).toBe(20_000);
    expect(new Set(dataset.segments.map(({ unit }) => unit)).size).toBe(50);
    const { train, test } = splitByUnit(dataset, { validationShare: 0.2, testShare: 0.2, rng: createRng(1) });
    const trained = new Set(rowTexts(train));
    const tested = rowTexts(test);
    expect(new Set(tested).size).toBeLessThan(0.6 * tested.length); // the copies are there
    expect(tested.filter((row) => trained.has(row))).toEqual([]);
  });
});

function rowTexts({ segments, features }: SensorDataset): string[] {
  const width = features.length;
  return segments.flatMap(({ features: values, rows }) =>
    Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width).join(' ')),
  );
}
