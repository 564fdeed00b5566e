import { join } from 'node:path';
import { loadConfig, type MlopsConfig } from '@i-drill/config';
import { describe, expect, it } from 'vitest';
import type { DataPart } from './data-part.js';
import { dataPlan, knownArrivals, withArrivedUnits } from './data-plan.js';
import { planOfRecipe, planRetraining } from './recipe-plan.js';

const config = loadConfig({ path: join(import.meta.dirname, '../../../../config/mlops_config.yaml'), env: {} });

/** The shipped configuration with a label cap for every data set. */
const capped: MlopsConfig = {
  ...config,
  training: {
    ...config.training,
    models: { ...config.training.models, lstm: { ...config.training.models.lstm, target_cap: 40 } },
  },
};

describe('dataPlan()', () => {
  it('plans what the configuration says when no flag is given', () => {
    expect(dataPlan(config, {})).toEqual({
      dataset: 'bit-runs',
      parts: [{ kind: 'bit-runs', count: 240, seed: 7, formation: 'mixed', intervalMinutes: 15 }],
      split: { seed: 42, validationShare: 0.15, testShare: 0.2, calibration: { share: 0.15, minimum: 9 } },
      window: { length: 24, stride: 2 },
      directory: '../shared/data/bit-runs',
    });
  });

  it.each([
    ['bit-runs', { length: 24, stride: 2 }, { length: 24, stride: 2, targetCap: 40 }],
    ['cmapss', { length: 30, stride: 2, targetCap: 125 }, { length: 30, stride: 2, targetCap: 125 }],
    ['usrop', { length: 16, stride: 2 }, { length: 16, stride: 2, targetCap: 40 }],
    ['forge', { length: 16, stride: 2 }, { length: 16, stride: 2, targetCap: 40 }],
    ['idrill-synthetic', { length: 8, stride: 2 }, { length: 8, stride: 2, targetCap: 40 }],
  ] as const)('cuts windows of %s by its own length and cap, else by those of the model', (dataset, plain, own) => {
    expect(dataPlan(config, { dataset }).window).toEqual(plain);
    expect(dataPlan(capped, { dataset }).window).toEqual(own);
  });

  it('cuts the target into classes where bounds are given, with neither label cap nor units for an interval', () => {
    const { classes, window, split } = dataPlan(config, { dataset: 'cmapss', classBounds: [15, 30] });
    expect(classes).toEqual({ bounds: [15, 30] });
    expect(window).toEqual({ length: 30, stride: 2 });
    expect(split).toEqual({ seed: 42, validationShare: 0.15, testShare: 0.2 });
  });

  it('takes bounds and names of classes from the configuration, bounds of a flag before them', () => {
    const named = { bounds: [8, 24], names: ['replace', 'plan', 'good'] };
    const withClasses = { ...config, data: { ...config.data, classes: named } };
    expect(dataPlan(withClasses, {}).classes).toEqual(named);
    expect(dataPlan(withClasses, { classBounds: [9] }).classes).toEqual({ bounds: [9] });
    const unnamed = { ...config, data: { ...config.data, classes: { ...named, names: null } } };
    expect(dataPlan(unnamed, {}).classes).toEqual({ bounds: [8, 24] });
    expect(dataPlan(config, {})).not.toHaveProperty('classes');
  });

  it('takes the subset of C-MAPSS and the test wells of USROP from the configuration', () => {
    expect(dataPlan(config, { dataset: 'cmapss' }).parts).toEqual([{ kind: 'cmapss', subset: 'FD001' }]);
    expect(dataPlan(config, { dataset: 'usrop' }).parts).toEqual([{ kind: 'usrop', testWells: ['F-9'] }]);
  });

  it('takes the file of Utah FORGE and its test blocks from the configuration', () => {
    expect(dataPlan(config, { dataset: 'forge' })).toMatchObject({
      parts: [{ kind: 'forge', file: 'without-outliers', blocks: 10, testBlocks: 2 }],
      directory: '../shared/data/utah_forge_58_32',
    });
  });

  it('shortens the negative control', () => {
    expect(dataPlan(config, { dataset: 'idrill-synthetic', limitUnits: 20 })).toMatchObject({
      parts: [{ kind: 'idrill-synthetic', limitUnits: 20 }],
      directory: '../shared/data/idrill_synthetic',
    });
  });

  it('cuts windows and holds units out as the model type asks for', () => {
    const { models } = config.training;
    const interval = { ...models.transformer.interval, method: 'none' } as const;
    const transformer = { ...models.transformer, stride: 5, interval };
    const other = { ...config, training: { ...config.training, models: { ...models, transformer } } };
    expect(dataPlan(other, { modelType: 'transformer' }).window.stride).toBe(5);
    expect(dataPlan(other, { modelType: 'transformer' }).split).not.toHaveProperty('calibration');
    expect(dataPlan(other, { modelType: 'cnn-lstm' })).toEqual(dataPlan(other, {}));
  });

  it('puts flags before the configuration', () => {
    const flags = { dataset: 'cmapss', subset: 'FD003', limitUnits: 5, seed: 9, data: '/data/engines' } as const;
    expect(dataPlan(config, flags)).toMatchObject({
      parts: [{ kind: 'cmapss', subset: 'FD003', limitUnits: 5 }],
      split: { seed: 9 },
      directory: '/data/engines',
    });
    expect(dataPlan(config, { limitUnits: 12 }).parts).toMatchObject([{ count: 12, seed: 7 }]);
  });

  it.each([
    [
      { subset: 'FD003' },
      'Cannot use --subset: data set "bit-runs" has no subsets; leave it out, or give --dataset cmapss',
    ],
    [
      { dataset: 'forge', subset: 'FD001' },
      'Cannot use --subset: data set "forge" has no subsets; leave it out, or give --dataset cmapss',
    ],
    [
      { dataset: 'usrop', limitUnits: 3 },
      'Cannot use --limit-units: data set "usrop" is always read whole; leave it out',
    ],
    [
      { dataset: 'forge', limitUnits: 3 },
      'Cannot use --limit-units: data set "forge" is always read whole; leave it out',
    ],
  ] as const)('refuses a flag that would change nothing: %o', (flags, message) => {
    expect(() => dataPlan(config, flags)).toThrow(expect.objectContaining({ code: 'CLI_WRONG_VALUE', message }));
  });
});

describe('withArrivedUnits()', () => {
  const plan = dataPlan(config, {});

  it('adds a part that names file and units, after what was there', () => {
    const { parts, ...rest } = withArrivedUnits(plan, 'new.csv', ['b1', 'b2']);
    expect(parts).toEqual([...plan.parts, { kind: 'arrived', path: 'new.csv', units: ['b1', 'b2'] }]);
    expect(rest).toEqual({ ...plan, parts: undefined } satisfies Record<string, unknown>);
  });

  it('leaves the plan as it is when nothing came in', () => {
    expect(withArrivedUnits(plan, 'new.csv', [])).toBe(plan);
  });
});

describe('knownArrivals()', () => {
  it('knows the units of one file over all parts, and nothing of other files', () => {
    const parts: DataPart[] = [
      ...dataPlan(config, {}).parts,
      { kind: 'arrived', path: 'new.csv', units: ['b1', 'b2'] },
      { kind: 'arrived', path: 'old.csv', units: ['b9'] },
      { kind: 'arrived', path: 'new.csv', units: ['b3'] },
    ];
    expect([...knownArrivals(parts, 'new.csv')]).toEqual(['b1', 'b2', 'b3']);
    expect(knownArrivals(parts, 'none.csv').size).toBe(0);
  });
});

describe('planOfRecipe()', () => {
  it('plans the data of a version again, whatever the configuration names now', () => {
    const plan = withArrivedUnits(dataPlan(config, { dataset: 'cmapss', seed: 3 }), 'new.csv', ['e1']);
    const recipe = { parts: plan.parts, split: { ...plan.split }, fingerprint: 'f', rows: 1, units: 1 };
    expect(planOfRecipe(config, recipe)).toEqual(plan);
    expect(planOfRecipe(config, recipe, { data: '/elsewhere' }).directory).toBe('/elsewhere');
  });
});

describe('planRetraining()', () => {
  const { split, parts } = dataPlan(config, { seed: 3 });
  const recipe = { parts, split: { ...split }, fingerprint: 'f', rows: 1, units: 1 };
  const { models } = config.training;
  const withInterval = (change: Partial<typeof models.lstm.interval>): MlopsConfig => ({
    ...config,
    training: { ...config.training, models: { ...models, lstm: { ...models.lstm, interval: { ...models.lstm.interval, ...change } } } }, // prettier-ignore
  });

  it('is the plan of the recipe where the interval is the same', () => {
    expect(planRetraining(config, recipe, { modelType: 'lstm' })).toEqual(planOfRecipe(config, recipe));
  });

  it('holds out the units that the interval of the new version needs, and leaves the other parts', () => {
    const narrow = planRetraining(withInterval({ coverage: 0.95 }), recipe, { modelType: 'lstm' });
    expect(narrow.split).toEqual({ ...split, calibration: { share: 0.15, minimum: 19 } });
    const none = planRetraining(withInterval({ method: 'none' }), recipe, { modelType: 'lstm' });
    expect(none.split).toEqual({ seed: 3, validationShare: 0.15, testShare: 0.2 });
  });
});
