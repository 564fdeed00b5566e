import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import type { SequenceNetwork } from '../sequence/network.js';
import { Learner, type Batch, type StepOptions } from './optimizer-step.js';

/** ŷ = f(gain) · x_T: one weight, one feature. */
function scaling(initial: number, transform: (gain: tf.Tensor) => tf.Tensor): SequenceNetwork {
  return {
    parameters: [{ name: 'gain', shape: [1, 1], initial: () => Float32Array.of(initial), decays: true }],
    apply: ([gain], x) => {
      const [steps, batch] = x.shape;
      const last = tf.reshape(tf.slice(x, [steps - 1, 0, 0], [1, batch, 1]), [batch, 1]);
      return tf.matMul(last, transform(gain!));
    },
  };
}

const options: StepOptions = { loss: [{ type: 'mse' }], learningRate: 0.1, weightDecay: 0, gradientClip: 100 };

function learner(network: SequenceNetwork): Learner {
  return new Learner(network, network.parameters.map(({ name, shape, initial }) => ({ name, shape, values: initial({ next: () => 0 }) }))); // prettier-ignore
}

/** Two windows of one row, 1 and 2; targets 2 and 4. */
function batch(): Batch {
  return { x: tf.tensor3d([1, 2], [1, 2, 1]), targets: Float32Array.of(2, 4) };
}

describe('Learner', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('reports loss and gradient before the step, and moves against it', () => {
    const before = tf.memory().numTensors;
    const one = learner(scaling(1, (gain) => gain));
    const data = batch();
    // errors −1 and −2: L = 2.5, dL/dgain = 2/2 · (−1·1 − 2·2) = −5
    expect(one.learn(data, options)).toEqual({ loss: 2.5, gradientNorm: 5 });
    expect(one.weights()[0]!.values[0]).toBeCloseTo(1.1, 5);
    expect(one.outputs(data.x)[1]).toBeCloseTo(2.2, 5);
    one.dispose();
    data.x.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names a weight whose gradient is not finite and leaves all weights as they were', () => {
    const one = learner(scaling(0, (gain) => tf.sqrt(gain))); // slope 1 / (2·√0)
    const data = batch();
    expect(one.learn(data, options)).toMatchObject({ loss: 10, brokenGradient: 'gain' });
    expect(Array.from(one.weights()[0]!.values)).toEqual([0]);
    expect(one.optimizer()).toMatchObject({ steps: 0 });
    tf.dispose([data.x]);
    one.dispose();
  });

  it('clips the gradient that the optimiser sees', () => {
    const [clipped, whole] = [1, 1e9].map((gradientClip) => {
      const one = learner(scaling(1, (gain) => gain));
      const data = batch();
      one.learn(data, { ...options, gradientClip });
      const { firstMoments } = one.optimizer();
      one.dispose();
      data.x.dispose();
      return firstMoments[0]!.values[0];
    });
    expect(whole).toBeCloseTo(-0.5, 6); // (1 − β₁) · −5
    expect(clipped).toBeCloseTo(-0.1, 6);
  });
});
