import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitPreprocessing } from '../loop/fit-preprocessing.js';
import { trainSequenceModel } from '../loop/train-sequence-model.js';
import type { TrainingSettings } from '../loop/training-types.js';
import { makeWindows } from '../loop/windows.js';
import type { Architecture } from '../sequence/architecture.js';
import { dataSet, movingSums } from '../testing/data-sets.js';
import { selectBackend } from './select-backend.js';

const windowLength = 4;
const data = dataSet([movingSums('a', 1, 24)]);
const windows = makeWindows(data, { windowLength });
const preprocessing = fitPreprocessing(data, { windowLength });
const epochs = 100;

const settings: TrainingSettings = {
  loss: [{ type: 'mse' }],
  learningRate: 1e-3,
  schedule: { type: 'plateau' },
  weightDecay: 0.01,
  batchSize: 16,
  epochs,
  patience: epochs,
  gradientClip: 1,
  seed: 1,
};

const architectures: Architecture[] = [
  { type: 'lstm', hiddenSize: 3, numLayers: 2, dropout: 0.1 },
  { type: 'transformer', modelSize: 4, heads: 2, numLayers: 1, feedForwardSize: 4, positions: 'learned', dropout: 0.1 },
  { type: 'cnn-lstm', filters: 3, kernelSize: 3, convolutions: 1, hiddenSize: 3, numLayers: 1, dropout: 0.1 },
];

/** Tensors and bytes on the backend. */
function held(): [tensors: number, bytes: number] {
  const { numTensors, numBytes } = tf.memory();
  return [numTensors, numBytes];
}

describe('training for 100 epochs', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it.each(architectures)(
    'holds the same after every epoch, and nothing when it is over ($type)',
    async (architecture) => {
      const before = held();
      const afterEpoch: string[] = [];
      await trainSequenceModel({
        architecture,
        train: windows,
        validation: windows,
        preprocessing,
        settings,
        clock: { now: () => 0, sleep: () => Promise.resolve() },
        onEpoch: () => afterEpoch.push(held().join(' tensors, ')),
      });
      expect(afterEpoch).toHaveLength(epochs);
      expect(new Set(afterEpoch).size).toBe(1);
      expect(held()).toEqual(before);
    },
  );
});
