import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { largestDifference, outputAndGradients, randomInputs } from '../testing/output-and-gradients.js';
import { stepMean } from './step-mean.js';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

it('stepMean() agrees with tf.mean over the steps and its gradient', () => {
  const inputs = randomInputs([5, 2, 3]);
  const own = outputAndGradients((x) => stepMean(x as tf.Tensor3D), inputs);
  const plain = outputAndGradients((x) => tf.mean(x, 0), inputs);
  expect(largestDifference(own, plain)).toBeLessThan(1e-6);
  tf.dispose(inputs);
});
