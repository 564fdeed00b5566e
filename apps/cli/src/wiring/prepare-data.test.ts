import { join } from 'node:path';
import { loadConfig } from '@i-drill/config';
import { describe, expect, it } from 'vitest';
import { dataPlan } from './data-plan.js';
import { prepareData, prepareRecipe } from './prepare-data.js';

const config = loadConfig({ path: join(import.meta.dirname, '../../../../config/mlops_config.yaml'), env: {} });
const unitsOf = (part: { segments: readonly { unit: string }[] } | undefined): number => part?.segments.length ?? 0;

describe('prepareData()', () => {
  it('holds units out for the interval, and says so', async () => {
    const { data, summary } = await prepareData(dataPlan(config, { limitUnits: 60 }));
    expect([data.train, data.validation, data.calibration, data.test].map(unitsOf)).toEqual([30, 9, 9, 12]);
    expect(summary).toContain('(30 train, 9 validation, 9 calibration, 12 test)');
  });

  it('trains on all of them where they would be too few for the coverage', async () => {
    const { data, summary } = await prepareData(dataPlan(config, { limitUnits: 20 }));
    expect(data).not.toHaveProperty('calibration');
    expect(summary).toContain('(13 train, 3 validation, 4 test)');
  });

  it('gives the same parts again from the recipe of a version', async () => {
    const { data, recipe } = await prepareData(dataPlan(config, { limitUnits: 60, seed: 3 }));
    const again = await prepareRecipe(config, recipe);
    expect(again.data).toEqual(data);
    expect(again.recipe).toEqual(recipe);
  });

  it('gives classes, and the same again from the recipe whatever the configuration says by then', async () => {
    const { data, recipe, summary } = await prepareData(dataPlan(config, { limitUnits: 20, classBounds: [8] }));
    expect(summary).toContain('predicts remaining_useful_life_class: up to 8 | above 8,');
    expect(recipe.classes).toEqual({
      bounds: [8],
      of: { task: 'remaining-useful-life', target: { name: 'remaining_useful_life', unit: 'h' } },
    });
    const other = { ...config, data: { ...config.data, classes: { bounds: [1, 2], names: null } } };
    expect((await prepareRecipe(other, recipe)).data).toEqual(data);
    const { recipe: plain } = await prepareData(dataPlan(config, { limitUnits: 20 }));
    expect((await prepareRecipe(other, plain)).recipe).toEqual(plain);
  });
});
