import type { Preprocessing } from '@i-drill/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { scaledInputs, scaledTargets, unscaledOutputs } from './scaled-windows.js';

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

describe('scaledInputs()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('puts time first and windows in the order asked for', () => {
    const x = scaledInputs(windows, [1, 0], preprocessing);
    expect(x.shape).toEqual([2, 2, 2]);
    expect(Array.from(x.dataSync())).toEqual([2, 2, 0, 0, 3, 3, 1, 1]);
    x.dispose();
  });
});

describe('scaledTargets() and unscaledOutputs()', () => {
  it('take off and add again the last value of the anchor', () => {
    const scaled = scaledTargets(windows, preprocessing);
    expect(Array.from(scaled)).toEqual([1, -1]); // (22 − 15 − 3) / 4, (24 − 25 − 3) / 4
    expect(Array.from(unscaledOutputs(scaled, windows, preprocessing))).toEqual([22, 24]);
  });

  it('do without an anchor where none is set', () => {
    expect(Array.from(scaledTargets(windows, plain))).toEqual([4.75, 5.25]);
    expect(Array.from(unscaledOutputs(Float32Array.of(4.75, 5.25), windows, plain))).toEqual([22, 24]);
  });
});
