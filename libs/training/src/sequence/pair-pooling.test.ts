import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend, type BackendName } from '../backend/select-backend.js';
import { pairPooling } from './pair-pooling.js';

/** Output for x [T, 1, 1] and the gradient of Σ w ∘ output. */
function pooled(x: readonly number[], w: readonly number[]): [output: number[], gradient: number[]] {
  return tf.tidy(() => {
    const input = tf.tensor3d([...x], [x.length, 1, 1]);
    const loss = (x: tf.Tensor): tf.Tensor => tf.sum(tf.mul(pairPooling(x as tf.Tensor3D), tf.tensor3d([...w], [w.length, 1, 1]))); // prettier-ignore
    return [Array.from(pairPooling(input).dataSync()), Array.from(tf.grad(loss)(input).dataSync())];
  });
}

describe.each<BackendName>(['cpu', 'wasm'])('pairPooling() on %s', (backend) => {
  it('takes the larger of two steps, of equals the first, also where all are negative', async () => {
    await selectBackend([backend]);
    expect(pooled([1, 2, 5, 4, 3, 3, -2, -1], [1, 10, 100, 1000])).toEqual([
      [2, 5, 3, -1],
      [0, 1, 10, 0, 100, 0, 0, 1000],
    ]);
  });

  it('keeps an odd last step alone', async () => {
    await selectBackend([backend]);
    expect(pooled([1, 2, -7], [1, 10])).toEqual([
      [2, -7],
      [0, 1, 10],
    ]);
    expect(pooled([4], [3])).toEqual([[4], [3]]);
  });
});
