import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { createRng, normal } from '@i-drill/numerics';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { lstmKernels } from '../src/backend/lstm-kernel.js';
import { selectBackend } from '../src/backend/select-backend.js';
import { plainLstm } from '../src/sequence/testing/plain-lstm.js';

interface LayerCase {
  readonly steps: number;
  readonly batch: number;
  readonly features: number;
  readonly units: number;
  readonly seed: number;
}

const size = fc.integer({ min: 1, max: 9 });
const severalSteps = fc.integer({ min: 2, max: 9 }); // TensorFlow.js cannot differentiate tf.unstack of one
const cases = fc.record({ steps: severalSteps, batch: size, features: size, units: size, seed: fc.nat(1000) });

/** Random inputs, weights and derivatives of the loss with respect to the hidden states: the same on every backend. */
function tensors({ steps, batch, features, units, seed }: LayerCase) {
  const rng = createRng(seed);
  const random = (...shape: number[]): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 0.7 * normal(rng)),
      shape,
    );
  return {
    x: random(steps, batch, features) as tf.Tensor3D,
    weights: random(units + features + 1, 4 * units) as tf.Tensor2D,
    dHidden: random(steps, batch, units) as tf.Tensor3D,
  };
}

/** Hidden states, input gradient and weight gradient by the kernel of the backend in use. */
function byKernel(layer: LayerCase): number[][] {
  const { x, weights, dHidden } = tensors(layer);
  const kernel = lstmKernels.current()!;
  const { hidden, saved } = kernel.forward(x, weights, true);
  const { dx, dWeights } = kernel.backward({ x, weights, hidden, saved, dHidden, inputGradient: true });
  return [hidden, dx!, dWeights].map((tensor) => Array.from(tensor.dataSync()));
}

/** The same by the formula, differentiated by TensorFlow.js. */
function byFormula(layer: LayerCase): number[][] {
  const { x, weights, dHidden } = tensors(layer);
  const hidden = (input: tf.Tensor, matrix: tf.Tensor): tf.Tensor =>
    plainLstm(input as tf.Tensor3D, matrix as tf.Tensor2D, 'every-step');
  const [dx, dWeights] = tf.grads(hidden)([x, weights], dHidden);
  return [hidden(x, weights), dx!, dWeights!].map((tensor) => Array.from(tensor.dataSync()));
}

async function on(backend: 'tfjs-node' | 'cpu', work: () => number[][]): Promise<number[][]> {
  await selectBackend([backend]);
  tf.engine().startScope();
  const values = work();
  tf.engine().endScope();
  return values;
}

/** Relative to the largest value, or to 1 if all are smaller. */
function largestDifference(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...found.map((value, index) => Math.abs(value - expected[index]!))) / scale;
}

describe('the LSTM layer of tfjs-node', () => {
  beforeEach(async () => {
    await selectBackend(['tfjs-node']);
  });

  it('gives the states and derivatives of the formula on cpu, for any size', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (layer) => {
        const found = await on('tfjs-node', () => byKernel(layer));
        const expected = await on('cpu', () => byFormula(layer));
        for (const [part, values] of found.entries()) {
          expect(largestDifference(values, expected[part]!)).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves nothing on the backend but what it returns', () => {
    const { x, weights, dHidden } = tensors({ steps: 5, batch: 2, features: 3, units: 4, seed: 1 });
    const kernel = lstmKernels.current()!;
    const before = tf.memory().numTensors;
    const { hidden, saved } = kernel.forward(x, weights, true);
    expect(tf.memory().numTensors).toBe(before + 1 + saved.length);
    const { dWeights } = kernel.backward({ x, weights, hidden, saved, dHidden, inputGradient: false });
    expect(tf.memory().numTensors).toBe(before + 2 + saved.length);
    tf.dispose([hidden, ...saved, dWeights]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
