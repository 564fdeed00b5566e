import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { largestDifference, outputAndGradients, randomInputs } from '../testing/output-and-gradients.js';
import { rectifiedSum } from './rectified-sum.js';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

it('rectifiedSum() agrees with the recorded gradients of its formula', () => {
  const inputs = randomInputs([3, 2, 5], [5]);
  const own = outputAndGradients((x, bias) => rectifiedSum(x, bias as tf.Tensor1D), inputs);
  const plain = outputAndGradients((x, bias) => tf.relu(tf.add(x, bias)), inputs);
  expect(largestDifference(own, plain)).toBeLessThan(1e-5);
  expect(own[0]!.some((value) => value === 0)).toBe(true);
  tf.dispose(inputs);
});
