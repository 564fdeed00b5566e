import { createRng } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { initialWeights } from './initial-weights.js';
import { fromTensors, toTensors } from './lstm-tensors.js';

describe('toTensors() and fromTensors()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('stack recurrent matrix, kernel and bias, in this order', () => {
    const layer = {
      inputs: 1,
      units: 1,
      kernel: Float32Array.of(5, 6, 7, 8),
      recurrent: Float32Array.of(1, 2, 3, 4),
      bias: Float32Array.of(9, 10, 11, 12),
    };
    const tensors = toTensors({ layers: [layer], head: { kernel: Float32Array.of(13), bias: Float32Array.of(14) } });
    expect(tensors.map((tensor) => tensor.shape)).toEqual([[3, 4], [1, 1], [1]]);
    expect(Array.from(tensors[0]!.dataSync())).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    tf.dispose([...tensors]);
  });

  it('undo one another', () => {
    const weights = initialWeights({ features: 3, hiddenSize: 4, numLayers: 2 }, createRng(5));
    const tensors = toTensors(weights);
    expect(fromTensors(tensors)).toEqual(weights);
    tf.dispose([...tensors]);
  });
});
