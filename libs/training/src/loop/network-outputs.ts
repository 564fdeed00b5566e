import type { Preprocessing } from '@i-drill/core';
import type * as tf from '@tensorflow/tfjs-core';
import { tidyAll } from '../backend/tidy.js';
import type { SequenceNetwork } from '../sequence/network.js';
import { scaledBatch, type RawWindows } from './scaled-windows.js';

/** Windows per forward pass: large enough to hide the cost of a call, small enough for the memory of the backend. */
export const windowsPerPass = 512;

/** A network with its weights on the backend. */
export interface LoadedNetwork {
  readonly network: SequenceNetwork;
  readonly weights: readonly tf.Tensor[];
}

/** Outputs for all windows, in order, scaled units (logits for classes), shape [count, O]. */
export function networkOutputs(
  { network, weights }: LoadedNetwork,
  { inputs, count }: RawWindows,
  preprocessing: Preprocessing,
): Float32Array {
  const size = count === 0 ? 0 : inputs.length / count;
  const passes: Float32Array[] = [];
  for (let start = 0; start < count; start += windowsPerPass) {
    const end = Math.min(start + windowsPerPass, count);
    const pass = { count: end - start, inputs: inputs.subarray(start * size, end * size) };
    passes.push(tidyAll(() => network.apply(weights, scaledBatch(pass, preprocessing)).dataSync<'float32'>().slice()));
  }
  return joined(passes);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
