import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { largestDifference, outputAndGradients, randomInputs } from '../testing/output-and-gradients.js';
import { layerNorm, layerNormEpsilon } from './layer-norm.js';

function plain(...[x, gain, shift]: tf.Tensor[]): tf.Tensor {
  const centred = tf.sub(x!, tf.mean(x!, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normal = tf.div(centred, tf.sqrt(tf.add(variance, layerNormEpsilon)));
  return tf.add(tf.mul(normal, gain!), shift!);
}

describe('layerNorm()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('brings each row to mean 0 and variance 1, then applies gain and shift', () => {
    const values = tf.tidy(() => {
      const x = tf.tensor2d([[1, 3], [-100, 300]]); // prettier-ignore
      return Array.from(layerNorm(x, [tf.tensor1d([2, 3]), tf.tensor1d([10, 20])]).dataSync());
    });
    for (const [index, expected] of [8, 23, 8, 23].entries()) expect(values[index]).toBeCloseTo(expected, 4);
  });

  it('gives the shift where a row is constant', () => {
    const values = tf.tidy(() => {
      const x = tf.fill([1, 3], 7);
      return Array.from(layerNorm(x, [tf.ones([3]), tf.tensor1d([1, 2, 3])]).dataSync());
    });
    expect(values).toEqual([1, 2, 3]);
  });

  it('agrees with the recorded gradients of its formula', () => {
    const inputs = randomInputs([3, 2, 5], [5], [5]);
    const own = outputAndGradients((x, ...weights) => layerNorm(x, weights), inputs);
    expect(largestDifference(own, outputAndGradients(plain, inputs))).toBeLessThan(1e-5);
    tf.dispose(inputs);
  });
});
