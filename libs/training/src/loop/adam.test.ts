import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { adamStep, initialAdamState } from './adam.js';

const gradients = [
  [0.5, -2],
  [0.1, 3],
  [-1, 1e-3],
];

describe('adamStep()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('first moves every weight by the learning rate against the sign of its gradient', () => {
    const moved = tf.tidy(() => {
      const weights = [tf.tensor1d([1, 1])];
      const { weights: next } = adamStep(weights, [tf.tensor1d([0.5, -2])], initialAdamState(weights), 0.01);
      return Array.from(next[0]!.dataSync());
    });
    expect(moved[0]).toBeCloseTo(0.99, 5);
    expect(moved[1]).toBeCloseTo(1.01, 5);
  });

  it('goes where the optimiser of TensorFlow.js goes', () => {
    const reference = tf.variable(tf.tensor1d([1, 1]), true, 'w');
    const optimizer = tf.train.adam(0.01);
    for (const gradient of gradients) optimizer.applyGradients([{ name: 'w', tensor: tf.tensor1d(gradient) }]);
    const own = tf.tidy(() => {
      let weights: tf.Tensor[] = [tf.tensor1d([1, 1])];
      let state = initialAdamState(weights);
      for (const gradient of gradients) ({ weights, state } = adamStep(weights, [tf.tensor1d(gradient)], state, 0.01));
      return Array.from(weights[0]!.dataSync());
    });
    const expected = Array.from(reference.dataSync());
    own.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 5);
    });
  });
});
