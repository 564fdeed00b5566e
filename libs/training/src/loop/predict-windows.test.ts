import { createRng } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { buildNetwork } from '../sequence/build-network.js';
import type { NetworkWeights } from '../sequence/network-weights.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { dataSet, movingSums } from '../testing/data-sets.js';
import { fitPreprocessing } from './fit-preprocessing.js';
import { predictOutputs, predictWindows } from './predict-windows.js';
import { makeWindows } from './windows.js';

const data = dataSet([movingSums('a', 1, 2500)]);
const architecture = { type: 'lstm', hiddenSize: 4, numLayers: 2, dropout: 0 } as const;

function member(seed: number, outputs: number): NetworkWeights {
  const rng = createRng(seed);
  const { parameters } = buildNetwork(architecture, { windowLength: 3, features: 1, outputs });
  return parameters.map(({ name, shape, initial }) => ({ name, shape, values: initial(rng) }));
}

const model: SequenceModel = {
  architecture,
  preprocessing: fitPreprocessing(data, { windowLength: 3 }),
  columns: [{ kind: 'point' }],
  members: [member(1, 1)],
};
const windows = makeWindows(data, { windowLength: 3 });

describe('predictWindows()', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('says the same of many windows as of each alone, and frees what it used', () => {
    const before = tf.memory().numTensors;
    const together = predictWindows(model, windows);
    expect(together).toHaveLength(2500);
    for (const index of [0, 511, 512, 2499]) {
      const alone = predictWindows(model, { count: 1, inputs: windows.inputs.slice(3 * index, 3 * index + 3) });
      expect(alone[0]).toBeCloseTo(together[index]!, 4);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives identical numbers each time', () => {
    expect(predictWindows(model, windows)).toEqual(predictWindows(model, windows));
  });

  it('adds the anchor to what the network says', () => {
    const anchored = { ...model, preprocessing: { ...model.preprocessing, anchorFeature: 0 } };
    const plain = predictWindows(model, windows);
    const difference = predictWindows(anchored, windows).map((value, index) => value - plain[index]!);
    expect(difference[7]).toBeCloseTo(windows.inputs[7 * 3 + 2]!, 4);
  });

  it('predicts nothing for no windows and refuses windows of another shape', () => {
    expect(predictWindows(model, { count: 0, inputs: new Float32Array() })).toEqual(new Float32Array());
    expect(() => predictWindows(model, { count: 1, inputs: new Float32Array(4) })).toThrow(RangeError);
  });
});

describe('predictOutputs()', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });
  const few = { count: 5, inputs: windows.inputs.slice(0, 15) };

  it('averages the outputs of the members', () => {
    const [first, second] = [member(1, 1), member(2, 1)].map((one) =>
      predictWindows({ ...model, members: [one] }, few),
    );
    const both = predictWindows({ ...model, members: [member(1, 1), member(2, 1)] }, few);
    both.forEach((value, index) => {
      expect(value).toBeCloseTo((first![index]! + second![index]!) / 2, 3);
    });
  });

  it('gives every column in target units; the median is the prediction where there is no point', () => {
    const columns = [0.1, 0.5, 0.9].map((level) => ({ kind: 'quantile', level }) as const);
    const outputs = predictOutputs({ ...model, columns, members: [member(1, 3)] }, few);
    expect(outputs.columns).toHaveLength(3);
    expect(outputs.prediction).toEqual(outputs.columns[1]);
    expect(outputs.columns[0]).not.toEqual(outputs.columns[1]);
    const mean = model.preprocessing.targetScaler.mean[0]!;
    for (const column of outputs.columns) for (const value of column) expect(Math.abs(value - mean)).toBeLessThan(20);
  });

  it('averages probabilities, not logits, and names the most probable class', () => {
    const columns = ['idle', 'drilling', 'tripping'].map((name) => ({ kind: 'class', name }) as const);
    const ofOne = (seed: number) => predictOutputs({ ...model, columns, members: [member(seed, 3)] }, few);
    const both = predictOutputs({ ...model, columns, members: [member(1, 3), member(2, 3)] }, few);
    both.columns.forEach((column, index) => {
      column.forEach((share, row) => {
        expect(share).toBeCloseTo((ofOne(1).columns[index]![row]! + ofOne(2).columns[index]![row]!) / 2, 5);
      });
    });
    both.prediction.forEach((label, row) => {
      const shares = both.columns.map((column) => column[row]!);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(shares[label]).toBe(Math.max(...shares));
    });
  });

  it('names no class for a window that holds NaN, and all others as without it', () => {
    const columns = ['idle', 'drilling'].map((name) => ({ kind: 'class', name }) as const);
    const classifier = { ...model, columns, members: [member(1, 2)] };
    const broken = { ...few, inputs: few.inputs.with(0, Number.NaN) };
    const [first, ...others] = predictOutputs(classifier, broken).prediction;
    expect(first).toBeNaN();
    expect(others).toEqual([...predictOutputs(classifier, few).prediction].slice(1));
  });
});
