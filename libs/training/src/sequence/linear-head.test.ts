import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { squaredError } from './linear-head.js';

describe('squaredError()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('has the loss and gradients computed by hand', () => {
    // h·k + b = [1·2 + 0.5, 3·2 + 0.5] = [2.5, 6.5]; errors 1.5 and 2.5; L = (2.25 + 6.25) / 2; δŷ = 2/2 · errors
    const result = tf.tidy(() => {
      const [h, kernel, bias] = [tf.tensor2d([[1], [3]]), tf.tensor2d([[2]]), tf.tensor1d([0.5])];
      const targets = tf.tensor2d([[1], [4]]);
      const { value, grads } = tf.valueAndGrads((h, k, b) => squaredError(h as tf.Tensor2D, k as tf.Tensor2D, b as tf.Tensor1D, targets))([h, kernel, bias]); // prettier-ignore
      return [value, ...grads].map((tensor) => Array.from(tensor.dataSync()));
    });
    expect(result).toEqual([[4.25], [3, 5], [1.5 + 7.5], [4]]);
  });
});
