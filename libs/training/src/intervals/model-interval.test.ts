import type { Preprocessing } from '@i-drill/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { predictOutputs } from '../loop/predict-windows.js';
import type { Windows } from '../loop/windows.js';
import type { OutputColumn } from '../sequence/output-columns.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { calibrateModel, predictedBounds } from './model-interval.js';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const preprocessing: Preprocessing = {
  formatVersion: 1,
  task: 'remaining-useful-life',
  features: [{ name: 'torque', unit: 'kN.m' }],
  target: { name: 'life', unit: 'h' },
  windowLength: 1,
  padding: 'repeat-first-row',
  featureScaler: { mean: [0], scale: [1] },
  targetScaler: { mean: [50], scale: [10] },
};

/** Answers the same for every window: 50 + 10 times the bias of each column. */
function constantModel(columns: readonly OutputColumn[], biases: readonly number[]): SequenceModel {
  return {
    architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
    preprocessing,
    columns,
    members: [
      [
        { name: 'lstm0.weights', shape: [3, 4], values: new Float32Array(12) },
        { name: 'head.kernel', shape: [1, columns.length], values: new Float32Array(columns.length) },
        { name: 'head.bias', shape: [columns.length], values: Float32Array.from(biases) },
      ],
    ],
  };
}

/** One window of each of ten units. */
function windowsOf(targets: readonly number[]): Windows {
  return {
    count: targets.length,
    length: 1,
    featureCount: 1,
    inputs: new Float32Array(targets.length),
    targets: Float32Array.from(targets),
    unitOf: Int32Array.from(targets.keys()),
    units: targets.map((_, i) => `unit ${i}`),
  };
}

const windows = windowsOf([41, 42, 43, 44, 45, 51, 52, 53, 54, 60]);
const quantileColumns: OutputColumn[] = [
  { kind: 'point' },
  { kind: 'quantile', level: 0.1 },
  { kind: 'quantile', level: 0.9 },
];

describe('calibrateModel()', () => {
  it('adds margins to the prediction, and leaves the model as it was otherwise', () => {
    const model = constantModel([{ kind: 'point' }], [0]);
    const { interval, ...rest } = calibrateModel(model, windows, { method: 'split-conformal', coverage: 0.8 });
    expect(rest).toEqual(model);
    expect(interval).toMatchObject({ above: [9], below: [9], calibratedOn: { windows: 10, units: 10 } }); // 9th of 10
    const outputs = predictOutputs(model, windows);
    expect(predictedBounds({ ...model, interval: interval! }, outputs)?.lower[0]).toBe(41);
    expect(predictedBounds(model, outputs)).toBeUndefined();
  });

  it('corrects the quantiles of its coverage, which may have crossed', () => {
    for (const biases of [
      [0, -0.5, 0.5],
      [0, 0.5, -0.5],
    ]) {
      const options = { method: 'conformalised-quantiles', coverage: 0.8 } as const;
      const model = calibrateModel(constantModel(quantileColumns, biases), windows, options);
      expect(model.interval!.above).toEqual([4]); // 41 and 60 are 4 and 5 outside [45, 55]
      const bounds = predictedBounds(model, predictOutputs(model, windows));
      expect([bounds?.lower[0], bounds?.upper[0]]).toEqual([41, 59]);
    }
  });

  it('refuses quantiles of another coverage', () => {
    const model = constantModel(quantileColumns, [0, -1, 1]);
    expect(() => calibrateModel(model, windows, { method: 'conformalised-quantiles', coverage: 0.75 })).toThrow(
      'the model predicts no quantiles',
    );
  });
});
