import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from '../backend/op-gradients.js';
import { selectBackend } from '../backend/select-backend.js';
import { tapeLoss } from './tape-loss.js';

describe.each(['cpu', 'wasm'] as const)('tapeLoss() on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend([backend]);
    registerGradients();
  });

  it('has the loss and gradients computed by hand, through what comes before it', () => {
    // h·k + b = [1·2 + 0.5, 3·2 + 0.5] = [2.5, 6.5]; errors 1.5 and 2.5; L = (2.25 + 6.25) / 2; δŷ = 2/2 · errors
    const before = tf.memory().numTensors;
    const result = tf.tidy(() => {
      const [h, kernel, bias] = [tf.tensor2d([[1], [3]]), tf.tensor2d([[2]]), tf.tensor1d([0.5])];
      const lossOf = (...[k, b]: tf.Tensor[]): tf.Scalar =>
        tapeLoss([{ type: 'mse' }], tf.add<tf.Tensor2D>(tf.matMul(h, k as tf.Tensor2D), b!), Float32Array.of(1, 4));
      const { value, grads } = tf.valueAndGrads(lossOf)([kernel, bias]);
      return [value, ...grads].map((tensor) => Array.from(tensor.dataSync()));
    });
    expect(result).toEqual([[4.25], [1.5 + 7.5], [4]]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('passes on what it is multiplied with', () => {
    const gradient = tf.tidy(() => {
      const y = tf.tensor2d([[3]]);
      const scaled = (output: tf.Tensor): tf.Scalar =>
        tf.mul(tapeLoss([{ type: 'mse' }], output as tf.Tensor2D, Float32Array.of(1)), 10);
      return tf.grad(scaled)(y).dataSync()[0];
    });
    expect(gradient).toBe(40);
  });
});
