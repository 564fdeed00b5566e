import * as tf from '@tensorflow/tfjs-core';
import { tidy } from '../backend/tidy.js';

/** One weight of a network. */
export interface WeightTensor {
  /** Unique in its network, for example `lstm0.weights`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** All weights of a network, in an order that never changes. */
export type NetworkWeights = readonly WeightTensor[];

/** Copies weights onto the backend. The caller disposes them; if one does not fit, none is left there. */
export function toTensors(weights: NetworkWeights): tf.Tensor[] {
  return tidy(() => weights.map(({ values, shape }) => tf.tensor(values, [...shape], 'float32')));
}
