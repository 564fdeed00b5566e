import * as tf from '@tensorflow/tfjs-core';
import { glorotUniform } from './initial-weights.js';
import type { ParameterSpec } from './network.js';

/** Kernel [inputs, outputs], Glorot-uniform, and bias [outputs], 0, of a dense layer. */
export function denseParameters(name: string, inputs: number, outputs: number): [ParameterSpec, ParameterSpec] {
  return [
    {
      name: `${name}.kernel`,
      shape: [inputs, outputs],
      initial: (rng) => glorotUniform(inputs, outputs, rng),
      decays: true,
    },
    { name: `${name}.bias`, shape: [outputs], initial: () => new Float32Array(outputs), decays: false },
  ];
}

/**
 * A dense layer, y = x · k + b.
 *
 * @param x shape [B, inputs]
 * @param weights k and b
 */
export function dense(x: tf.Tensor2D, weights: readonly tf.Tensor[]): tf.Tensor2D {
  const [kernel, bias] = weights as [tf.Tensor2D, tf.Tensor1D];
  return tf.add(tf.matMul(x, kernel), bias);
}
