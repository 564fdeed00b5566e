import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { largestDifference, outputAndGradients, randomInputs } from '../testing/output-and-gradients.js';
import { dense } from './dense.js';

describe('dense()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('has the output and gradients computed by hand', () => {
    // x·k + b = [1·2 + 0.5, 3·2 + 0.5]; the loss 1·y_0 − 2·y_1 has δy = [1, −2]
    const results = tf.tidy(() => {
      const [x, kernel, bias] = [tf.tensor2d([[1], [3]]), tf.tensor2d([[2]]), tf.tensor1d([0.5])];
      const loss = (...[x, k, b]: tf.Tensor[]): tf.Tensor => tf.dot(tf.reshape(dense(x!, [k!, b!]), [2]), [1, -2]);
      return [dense(x, [kernel, bias]), ...tf.grads(loss)([x, kernel, bias])].map((t) => Array.from(t.dataSync()));
    });
    expect(results).toEqual([[2.5, 6.5], [2, -4], [1 - 6], [1 - 2]]); // prettier-ignore
  });

  it.each(['linear', 'relu'] as const)('agrees with the recorded gradients of its formula (%s)', (activation) => {
    const inputs = randomInputs([2, 3, 4], [4, 5], [5]);
    const plain = (...[x, kernel, bias]: tf.Tensor[]): tf.Tensor => {
      const z = tf.add(tf.matMul(tf.reshape(x!, [6, 4]), kernel!), bias!);
      return tf.reshape(activation === 'relu' ? tf.relu(z) : z, [2, 3, 5]);
    };
    const own = outputAndGradients((x, ...weights) => dense(x, weights, { activation }), inputs);
    expect(largestDifference(own, outputAndGradients(plain, inputs))).toBeLessThan(1e-5);
    tf.dispose(inputs);
  });

  it('gives the gradients of the weights alone when the input is data', () => {
    const [x, ...weights] = randomInputs([6, 4], [4, 5], [5]);
    const both = outputAndGradients((x, ...weights) => dense(x, weights), [x!, ...weights]);
    const alone = outputAndGradients((...weights) => dense(x!, weights, { inputGradient: false }), weights);
    expect(alone).toEqual([both[0], both[2], both[3]]);
    tf.dispose([x!, ...weights]);
  });
});
