import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { registerGradients } from '../backend/op-gradients.js';
import type { Architecture } from '../sequence/architecture.js';
import { buildNetwork } from '../sequence/build-network.js';
import type { NetworkShape } from '../sequence/network.js';

/** A small network with weights, and what PyTorch makes of it in float64 (test/vectors/sequence-networks.py). */
export interface NetworkVector {
  /** The architecture in words. */
  readonly title: string;
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
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Omit<NetworkVector, 'title'>[] };

/** Two of each architecture. */
export const networkVectors: readonly NetworkVector[] = cases.map((vector) => {
  const { type, ...sizes } = vector.architecture;
  return { ...vector, title: `${type} ${Object.values(sizes).join(' ')}` };
});

/**
 * The largest difference between what the backend in use says and what PyTorch says, over the output and all gradients of
 * Σ (output ∘ mask); relative where values are above 1.
 */
export function differenceToPyTorch({ architecture, shape, batch, ...vector }: NetworkVector): number {
  registerGradients();
  const network = buildNetwork(architecture, shape);
  return tf.tidy(() => {
    const x = tf.tensor3d(vector.x, [shape.windowLength, batch, shape.features]);
    const mask = tf.tensor2d(vector.mask, [batch, shape.outputs]);
    const weights = vector.weights.map(({ values, shape }) => tf.tensor(values, shape));
    const gradients = tf.grads((...variables) => tf.sum(tf.mul(network.apply(variables, x), mask)))(weights);
    const output = difference(network.apply(weights, x), vector.output);
    return Math.max(output, ...gradients.map((found, index) => difference(found, vector.weights[index]!.gradient)));
  });
}

function difference(tensor: tf.Tensor, expected: readonly number[]): number {
  const found = Array.from(tensor.dataSync());
  if (found.length !== expected.length) return Infinity;
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))));
}
