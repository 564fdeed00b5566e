import { createRng } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { initialWeights } from '../sequence/initial-weights.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { dataSet, movingSums } from '../testing/data-sets.js';
import { fitPreprocessing } from './fit-preprocessing.js';
import { predictWindows } from './predict-windows.js';
import { makeWindows } from './windows.js';

const data = dataSet([movingSums('a', 1, 2500)]);
const model: SequenceModel = {
  modelType: 'lstm',
  preprocessing: fitPreprocessing(data, { windowLength: 3 }),
  weights: initialWeights({ features: 1, hiddenSize: 4, numLayers: 2 }, createRng(1)),
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
    for (const index of [0, 1023, 1024, 2499]) {
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
