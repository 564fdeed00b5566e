import type { Preprocessing, Regimes } from '@i-drill/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { scaledBatch, scaledTargets, unscaled } from './scaled-windows.js';

const plain: Preprocessing = {
  formatVersion: 1,
  task: 'rate-of-penetration',
  features: [
    { name: 'a', unit: '-' },
    { name: 'b', unit: '-' },
  ],
  target: { name: 'rop', unit: 'm/h' },
  windowLength: 2,
  padding: 'repeat-first-row',
  featureScaler: { mean: [1, 10], scale: [2, 5] },
  targetScaler: { mean: [3], scale: [4] },
};
const preprocessing: Preprocessing = { ...plain, anchorFeature: 1 };
/** Two windows of two rows: [[1, 10], [3, 15]] and [[5, 20], [7, 25]]. */
const windows = { count: 2, inputs: Float32Array.of(1, 10, 3, 15, 5, 20, 7, 25), targets: Float32Array.of(22, 24) };

function scaledValues(given: Preprocessing, inputs = windows.inputs): number[] {
  const x = scaledBatch({ count: inputs.length / 4, inputs }, given);
  const values = Array.from(x.dataSync());
  x.dispose();
  return values;
}

describe('scaledBatch()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('puts time first', () => {
    const x = scaledBatch(windows, plain);
    expect(x.shape).toEqual([2, 2, 2]);
    expect(Array.from(x.dataSync())).toEqual([0, 0, 2, 2, 1, 1, 3, 3]);
    x.dispose();
  });

  it('scales each row by the scaler of its own regime', () => {
    const regimes: Regimes = {
      conditionFeatures: [1],
      conditionScale: [5],
      centres: [[11], [24]],
      scalers: [
        { mean: [0, 10], scale: [1, 1] },
        { mean: [4, 20], scale: [2, 10] },
      ],
    };
    // Rows 10 and 15 are nearer to 11, rows 20 and 25 to 24.
    expect(scaledValues({ ...plain, regimes })).toEqual([1, 0, 0.5, 0, 3, 5, 1.5, 0.5]);
  });

  it('measures distances in the scale of each condition, and takes the first centre at a tie', () => {
    const centres = [
      [0, 0],
      [10, 1],
    ];
    const scalers = [
      { mean: [0, 0], scale: [1, 1] },
      { mean: [100, 0], scale: [1, 1] },
    ];
    const regimes: Regimes = { conditionFeatures: [0, 1], conditionScale: [10, 1], centres, scalers };
    // (9, 0): 0.81 to the first centre, 1.01 to the second. (5, 0.5): 0.5 to both. (9, 1): 1.81 and 0.01.
    const inputs = Float32Array.of(9, 0, 5, 0.5, 9, 1, 9, 1);
    expect(scaledValues({ ...plain, regimes }, inputs)).toEqual([9, 0, -91, 1, 5, 0.5, -91, 1]);
  });

  it('subtracts in double precision: a large offset does not swallow a small signal', () => {
    const offset: Preprocessing = { ...plain, featureScaler: { mean: [2 ** 24 + 0.5, 0], scale: [1e-3, 1] } };
    expect(scaledValues(offset, Float32Array.of(2 ** 24, 0, 2 ** 24, 0))[0]).toBeCloseTo(-500, 9);
  });
});

describe('scaledTargets() and unscaled()', () => {
  it('take off and add again the last value of the anchor', () => {
    const scaled = scaledTargets(windows, preprocessing);
    expect(Array.from(scaled)).toEqual([1, -1]); // (22 − 15 − 3) / 4, (24 − 25 − 3) / 4
    expect(Array.from(unscaled(scaled, windows, preprocessing))).toEqual([22, 24]);
  });

  it('do without an anchor where none is set', () => {
    expect(Array.from(scaledTargets(windows, plain))).toEqual([4.75, 5.25]);
    expect(Array.from(unscaled(Float32Array.of(4.75, 5.25), windows, plain))).toEqual([22, 24]);
  });
});
