import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type MlopsConfig } from '@i-drill/config';
import { makeBitRuns, writeUnitTable } from '@i-drill/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataPlan, withArrivedUnits } from './data-plan.js';
import { prepareData, prepareRecipe } from './prepare-data.js';

const config = loadConfig({ path: join(import.meta.dirname, '../../../../config/mlops_config.yaml'), env: {} });
const runs = makeBitRuns({ count: 40, seed: 5 });
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'i-drill-table-'));
  file = join(folder, 'runs.csv');
  await writeUnitTable(file, runs);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function tableConfig(change: Partial<MlopsConfig['data']['table']>): MlopsConfig {
  return { ...config, data: { ...config.data, table: { ...config.data.table, ...change } } };
}

const streaming = tableConfig({ rows_in_memory: 2500, units: { surface_torque: 'kN.m' } });
const namesOf = (part: { segments: readonly { unit: string }[] }): string[] => part.segments.map(({ unit }) => unit);

describe('prepareData() of a table', () => {
  it('takes every column of numbers for a feature, with the units that are known', async () => {
    const { data, recipe, streamed } = await prepareData(
      dataPlan(tableConfig({ units: { surface_torque: 'kN.m' } }), { dataset: 'table', data: file }),
    );
    expect(streamed).toBeUndefined();
    expect(data.train.features.map(({ name }) => name)).toEqual(runs.features.map(({ name }) => name));
    expect(data.train.features.find(({ name }) => name === 'surface_torque')?.unit).toBe('kN.m');
    expect([recipe.rows, recipe.units]).toEqual([runs.segments.reduce((sum, { rows }) => sum + rows, 0), 40]);
  });

  it('takes the features and the test units that are named', async () => {
    const [, second] = namesOf(runs);
    const named = tableConfig({ features: ['surface_torque', 'flow_rate'], test_units: [second!] });
    const { data } = await prepareData(dataPlan(named, { dataset: 'table', data: file }));
    expect(data.test.features).toEqual([
      { name: 'surface_torque', unit: '-' },
      { name: 'flow_rate', unit: '-' },
    ]);
    expect(namesOf(data.test)).toEqual([second]);
  });

  it('streams a file of more rows than are to be in memory, with the same parts and fingerprint', async () => {
    const plan = dataPlan(streaming, { dataset: 'table', data: file });
    const { data, streamed, recipe, summary } = await prepareData(plan);
    const held = await prepareData(
      dataPlan(tableConfig({ units: { surface_torque: 'kN.m' } }), { dataset: 'table', data: file }),
    );
    expect(recipe.fingerprint).toBe(held.recipe.fingerprint);
    expect(namesOf(data.test)).toEqual(namesOf(held.data.test));
    expect(namesOf(held.data.train)).toEqual(expect.arrayContaining(namesOf(data.train)));
    expect(namesOf(data.train).length).toBeLessThan(namesOf(held.data.train).length);
    expect(streamed?.units).toBe(namesOf(held.data.train).length);
    expect(summary).toContain(`${streamed!.rows} are read while training`);
  });

  it('gives the same again from the recipe, and finds a file that was moved', async () => {
    const { data, recipe } = await prepareData(dataPlan(streaming, { dataset: 'table', data: file, classBounds: [8] }));
    const again = await prepareRecipe(config, recipe);
    expect([again.data, again.recipe]).toEqual([data, recipe]);
    const moved = join(folder, 'moved.csv');
    await writeUnitTable(moved, runs);
    const elsewhere = await prepareRecipe(config, recipe, moved);
    expect(elsewhere.recipe.fingerprint).toBe(recipe.fingerprint);
    expect(elsewhere.recipe.parts[0]).toMatchObject({ path: moved });
  });

  it('refuses arrivals beside a file that is streamed', async () => {
    const plan = withArrivedUnits(dataPlan(streaming, { dataset: 'table', data: file }), 'arrived.csv', ['a']);
    await expect(prepareData(plan)).rejects.toMatchObject({
      code: 'CLI_WRONG_VALUE',
      message: expect.stringContaining('append the arrivals to the file and train anew') as string,
    });
  });

  it('refuses no file, one that is not there, and one without a feature', async () => {
    expect(() => dataPlan(config, { dataset: 'table' })).toThrow(
      'Cannot use data set "table": no file is named; give --data <file>, or data.table.file in the configuration',
    );
    const missing = dataPlan(config, { dataset: 'table', data: join(folder, 'none.csv') });
    await expect(prepareData(missing)).rejects.toMatchObject({ code: 'DATASET_FILE_MISSING' });
    const bare = join(folder, 'bare.csv');
    await writeFile(bare, 'unit,remaining_useful_life\na,1\na,0\n');
    const plan = dataPlan(config, { dataset: 'table', data: bare });
    await expect(prepareData(plan)).rejects.toMatchObject({ code: 'DATASET_COLUMNS' });
  });
});
