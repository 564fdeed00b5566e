import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { registerGradients } from '../backend/op-gradients.js';
import { selectBackend, type BackendName } from '../backend/select-backend.js';
import type { Architecture } from './architecture.js';
import { buildNetwork } from './build-network.js';
import type { NetworkShape } from './network.js';

/** A network with weights, by PyTorch in float64 (test/vectors/sequence-networks.py). */
interface NetworkVector {
  readonly architecture: Architecture;
  readonly shape: NetworkShape;
  readonly batch: number;
  /** Shape [T, B, F]. */
  readonly x: number[];
  /** What the outputs are weighted with before they are summed and differentiated, shape [B, O]. */
  readonly mask: number[];
  readonly output: number[];
  readonly weights: readonly { name: string; shape: number[]; values: number[]; gradient: number[] }[];
}

const file = new URL('../../test/vectors/sequence-networks.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly NetworkVector[] };
const named = cases.map((vector) => ({ ...vector, title: JSON.stringify(vector.architecture) }));

/** Output and gradients of Σ (output ∘ mask). */
function computed({ architecture, shape, batch, ...vector }: NetworkVector): {
  output: number[];
  gradients: number[][];
} {
  const network = buildNetwork(architecture, shape);
  return tf.tidy(() => {
    const x = tf.tensor3d(vector.x, [shape.windowLength, batch, shape.features]);
    const mask = tf.tensor2d(vector.mask, [batch, shape.outputs]);
    const weights = vector.weights.map(({ values, shape }) => tf.tensor(values, shape));
    const gradients = tf.grads((...variables) => tf.sum(tf.mul(network.apply(variables, x), mask)))(weights);
    return {
      output: Array.from(network.apply(weights, x).dataSync()),
      gradients: gradients.map((gradient) => Array.from(gradient.dataSync())),
    };
  });
}

/** Largest difference, relative where values are above 1. */
function difference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))));
}

describe.each(named)('buildNetwork() of $title', (vector) => {
  it('has the parameters that are expected, by name and shape, in this order', () => {
    const { parameters } = buildNetwork(vector.architecture, vector.shape);
    expect(parameters.map(({ name, shape }) => [name, shape])).toEqual(
      vector.weights.map(({ name, shape }) => [name, shape]),
    );
  });

  it.each<BackendName>(['cpu', 'wasm'])('says what PyTorch says, and has its gradients, on %s', async (backend) => {
    await selectBackend([backend]);
    registerGradients();
    const { output, gradients } = computed(vector);
    expect(difference(output, vector.output)).toBeLessThan(1e-5);
    for (const [index, { gradient }] of vector.weights.entries()) {
      expect(difference(gradients[index]!, gradient)).toBeLessThan(1e-5);
    }
  });
});
