import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { adamStep, initialAdamState, type AdamOptions } from './adam.js';

const gradients = [
  [0.5, -2],
  [0.1, 3],
  [-1, 1e-3],
];

/** Weights 1, 1 after steps with the given gradients. */
function moved(steps: readonly number[][], options: AdamOptions & { readonly decays?: boolean }): number[] {
  const values = Float32Array.of(1, 1);
  let state = initialAdamState([values]);
  for (const step of steps) {
    const parameter = { values, gradient: Float32Array.from(step), decays: options.decays ?? true };
    state = adamStep([parameter], state, options);
  }
  expect(state.step).toBe(steps.length);
  return Array.from(values);
}

describe('adamStep()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('first moves every weight by the learning rate against the sign of its gradient', () => {
    const [first, second] = moved([[0.5, -2]], { learningRate: 0.01, weightDecay: 0 });
    expect(first).toBeCloseTo(0.99, 5);
    expect(second).toBeCloseTo(1.01, 5);
  });

  it('goes where the optimiser of TensorFlow.js goes', () => {
    const reference = tf.variable(tf.tensor1d([1, 1]), true, 'w');
    const optimizer = tf.train.adam(0.01);
    for (const gradient of gradients) optimizer.applyGradients([{ name: 'w', tensor: tf.tensor1d(gradient) }]);
    const expected = Array.from(reference.dataSync());
    moved(gradients, { learningRate: 0.01, weightDecay: 0 }).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 5);
    });
  });

  it('decays by learning rate times decay, apart from the gradient, and only what decays', () => {
    const still = [[0, 0], [0, 0]]; // prettier-ignore
    const [decayed] = moved(still, { learningRate: 0.1, weightDecay: 0.5 });
    expect(decayed).toBeCloseTo(0.95 ** 2, 6);
    expect(moved(still, { learningRate: 0.1, weightDecay: 0.5, decays: false })).toEqual([1, 1]);
    const [decoupled] = moved([[0.5, -2]], { learningRate: 0.01, weightDecay: 0.1 });
    expect(decoupled).toBeCloseTo(0.99 - 0.01 * 0.1, 5); // an L2 term in the gradient would not show: Adam divides by its size
  });

  it('takes every gradient times the factor', () => {
    const options = { learningRate: 0.01, weightDecay: 0 };
    const halves = gradients.map((gradient) => gradient.map((value) => value / 2));
    expect(moved(gradients, { ...options, gradientFactor: 0.5 })).toEqual(moved(halves, options));
  });
});
