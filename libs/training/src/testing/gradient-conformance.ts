import { createRng, normal } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { registerGradients } from '../backend/op-gradients.js';
import { selectBackend } from '../backend/select-backend.js';
import type { Architecture } from '../sequence/architecture.js';
import { buildNetwork } from '../sequence/build-network.js';
import type { SequenceNetwork } from '../sequence/network.js';
import { largestDifference, outputAndGradients, outputMask } from './output-and-gradients.js';

const [steps, batch, features, outputs] = [5, 2, 3, 2];

/** The tests of its gradients every architecture must pass. */
export function gradientConformance(architecture: Architecture): void {
  const network = buildNetwork(architecture, { windowLength: steps, features, outputs });
  const weights = randomWeights(network);

  it('has the gradients that finite differences show, weight by weight', async () => {
    await selectBackend(['cpu']);
    const [, ...gradients] = differentiated(network, weights);
    for (const [index, { name }] of network.parameters.entries()) {
      const errors = [1, 2, 3, 4, 5].map((seed) => {
        const direction = unitVector(weights[index]!.length, 100 * index + seed);
        const computed = gradients[index]!.reduce((sum, slope, i) => sum + slope * direction[i]!, 0);
        return Math.abs(slopeAlong(network, weights, { index, direction }) - computed);
      });
      // The median, since a step across a corner of a rectifier or of pooling spoils a difference.
      expect(errors.toSorted((a, b) => a - b)[2], name).toBeLessThan(1e-3);
    }
  });

  it('has the same output and gradients on WebAssembly as on plain JavaScript', async () => {
    await selectBackend(['cpu']);
    const onCpu = differentiated(network, weights);
    await selectBackend(['wasm']);
    expect(largestDifference(differentiated(network, weights), onCpu)).toBeLessThan(1e-5);
  });
}

/** Output, and the gradient of its masked sum for each weight. */
function differentiated(network: SequenceNetwork, weights: readonly Float32Array[]): number[][] {
  registerGradients();
  return tf.tidy(() =>
    outputAndGradients((...tensors) => network.apply(tensors, windows()), tensors(network, weights)),
  );
}

/** The slope of the masked sum as one weight moves along a direction, by central difference. */
function slopeAlong(
  network: SequenceNetwork,
  weights: readonly Float32Array[],
  { index, direction }: { readonly index: number; readonly direction: Float32Array },
): number {
  const step = 1e-3;
  const moved = (by: number): Float32Array[] =>
    weights.with(index, weights[index]!.map((value, i) => value + by * direction[i]!)); // prettier-ignore
  return (maskedSum(network, moved(step)) - maskedSum(network, moved(-step))) / (2 * step);
}

/** Σ (output ∘ mask), summed in double precision. */
function maskedSum(network: SequenceNetwork, weights: readonly Float32Array[]): number {
  return tf.tidy(() => {
    const output = network.apply(tensors(network, weights), windows()).dataSync<'float32'>();
    const mask = outputMask([batch, outputs]).dataSync();
    return output.reduce((sum, value, index) => sum + value * mask[index]!, 0);
  });
}

function windows(): tf.Tensor3D {
  return tf.tensor3d(randomValues(steps * batch * features, 1), [steps, batch, features]);
}

function tensors({ parameters }: SequenceNetwork, weights: readonly Float32Array[]): tf.Tensor[] {
  return parameters.map(({ shape }, index) => tf.tensor(weights[index]!, [...shape]));
}

/** First weights with something added, so that no bias is 0. */
function randomWeights({ parameters }: SequenceNetwork): Float32Array[] {
  const rng = createRng(2);
  return parameters.map(({ initial }) => initial(rng).map((value) => value + 0.2 * normal(rng)));
}

function unitVector(size: number, seed: number): Float32Array {
  const values = randomValues(size, seed);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function randomValues(count: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: count }, () => normal(rng));
}
