import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { largestDifference, outputAndGradients, randomInputs } from '../testing/output-and-gradients.js';
import { convolution } from './convolution.js';

/** TensorFlow.js has the batch first. */
function plain(...[x, kernel]: tf.Tensor[]): tf.Tensor {
  const [, , channels] = x!.shape as [number, number, number];
  const [rows, filters] = kernel!.shape as [number, number];
  const taps = tf.reshape<tf.Rank.R3>(kernel!, [rows / channels, channels, filters]);
  const output = tf.conv1d(tf.transpose(x as tf.Tensor3D, [1, 0, 2]), taps, 1, 'same');
  return tf.transpose(output, [1, 0, 2]);
}

const own = (...[x, kernel]: tf.Tensor[]): tf.Tensor =>
  convolution(x as tf.Tensor3D, kernel as tf.Tensor2D, { inputGradient: true });

describe('convolution()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('sees zeros beyond both ends, the earliest row first', () => {
    // k = [1, 10, 100] over x = [1, 2, 3]: 10·1 + 100·2; 1·1 + 10·2 + 100·3; 1·2 + 10·3
    const values = tf.tidy(() => {
      const x = tf.tensor3d([1, 2, 3], [3, 1, 1]);
      return Array.from(own(x, tf.tensor2d([1, 10, 100], [3, 1])).dataSync());
    });
    expect(values).toEqual([210, 321, 32]);
  });

  it.each([
    { steps: 6, kernelSize: 3 },
    { steps: 5, kernelSize: 5 },
    { steps: 2, kernelSize: 5 },
    { steps: 4, kernelSize: 1 },
  ])('agrees with tf.conv1d and its gradients: $steps steps, kernel size $kernelSize', ({ steps, kernelSize }) => {
    const inputs = randomInputs([steps, 3, 2], [kernelSize * 2, 4]);
    expect(largestDifference(outputAndGradients(own, inputs), outputAndGradients(plain, inputs))).toBeLessThan(1e-5);
    tf.dispose(inputs);
  });

  it('gives the gradient of the kernel alone when the input is data', () => {
    const [x, kernel] = randomInputs([6, 3, 2], [6, 4]) as [tf.Tensor3D, tf.Tensor2D];
    const both = outputAndGradients(own, [x, kernel]);
    const alone = outputAndGradients((k) => convolution(x, k as tf.Tensor2D, { inputGradient: false }), [kernel]);
    expect(alone).toEqual([both[0], both[2]]);
    tf.dispose([x, kernel]);
  });
});
