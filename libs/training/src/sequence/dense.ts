import * as tf from '@tensorflow/tfjs-core';
import { columnSums } from './column-sums.js';
import { glorotUniform } from './initial-weights.js';
import type { ParameterSpec } from './network.js';
import { withGradient } from './own-gradient.js';
import { rectifierSlope } from './rectifier-slope.js';

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

/** What else a dense layer does. */
export interface DenseOptions {
  /** What is applied to the sum. @default 'linear' */
  readonly activation?: 'linear' | 'relu';
  /** Whether the loss is differentiated with respect to the input too; no for data. @default true */
  readonly inputGradient?: boolean;
}

/**
 * A dense layer, the same for every row of x:
 *
 *   z = x · k + b,  y = z or max(z, 0)
 *   δz = δy, or 0 where y is 0;  δx = δz · kᵀ,  δk = xᵀ · δz,  δb = Σ_rows δz
 *
 * @param x shape [..., inputs]
 * @param weights k, shape [inputs, outputs], and b, shape [outputs]
 * @returns y, shape [..., outputs]
 */
export function dense<T extends tf.Tensor>(x: T, weights: readonly tf.Tensor[], options: DenseOptions = {}): T {
  const { activation = 'linear', inputGradient = true } = options;
  const [kernel, bias] = weights as [tf.Tensor2D, tf.Tensor1D];
  const [inputs, outputs] = kernel.shape;
  return withGradient<T>(inputGradient ? [x, kernel, bias] : [kernel, bias], () => {
    const rows = tf.reshape<tf.Rank.R2>(x, [-1, inputs]);
    const z = tf.fused.matMul({ a: rows, b: kernel, bias });
    const y = activation === 'relu' ? tf.relu(z) : z;
    const gradient = (dy: T, [rows, y]: tf.Tensor[]): tf.Tensor[] => {
      const dRows = tf.reshape<tf.Rank.R2>(dy, [-1, outputs]);
      const dz = y ? tf.mul<tf.Tensor2D>(dRows, rectifierSlope(y)) : dRows;
      const dWeights = [tf.matMul(rows as tf.Tensor2D, dz, true, false), columnSums(dz)];
      return inputGradient ? [tf.reshape(tf.matMul(dz, kernel, false, true), x.shape), ...dWeights] : dWeights;
    };
    const value = tf.reshape(y, [...x.shape.slice(0, -1), outputs]) as T;
    return { value, saved: activation === 'relu' ? [rows, y] : [rows], gradient };
  });
}
