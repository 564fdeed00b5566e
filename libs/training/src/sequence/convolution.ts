import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './own-gradient.js';
import { heUniform } from './initial-weights.js';
import type { ParameterSpec } from './network.js';

/** What one convolution looks like. */
export interface ConvolutionShape {
  /** Rows it sees, odd. */
  readonly kernelSize: number;
  readonly channels: number;
  readonly filters: number;
}

/** Kernel [kernelSize · channels, filters], He-uniform, and bias [filters], 0, of a convolution. */
export function convolutionParameters(
  name: string,
  { kernelSize, channels, filters }: ConvolutionShape,
): [ParameterSpec, ParameterSpec] {
  const rows = kernelSize * channels;
  return [
    { name: `${name}.kernel`, shape: [rows, filters], initial: (rng) => heUniform(rows, filters, rng), decays: true },
    { name: `${name}.bias`, shape: [filters], initial: () => new Float32Array(filters), decays: false },
  ];
}

/** Whether the loss is differentiated with respect to the input too: yes inside a stack, no for data. */
export interface ConvolutionOptions {
  readonly inputGradient: boolean;
}

/**
 * A convolution over time without bias, as many steps out as in:
 *
 *   y_t = Σ_j x_{t + j − (K − 1) / 2} · k_j           x before the first and after the last step is 0
 *
 * With the K rows that an output sees side by side, c_t = [x_{t − (K − 1) / 2}, …, x_{t + (K − 1) / 2}], it is one
 * product, y = c · k, and so are δk = cᵀ · δy and δc = δy · kᵀ; δx sums the parts of δc that were the same row.
 * Time is the first axis, so that a shift by a step is one piece of memory.
 *
 * @param x shape [T, B, C]
 * @param kernel k, shape [K · C, filters], rows by j, then channel
 * @returns y, shape [T, B, filters]
 */
export function convolution(x: tf.Tensor3D, kernel: tf.Tensor2D, { inputGradient }: ConvolutionOptions): tf.Tensor3D {
  const [steps, batch, channels] = x.shape;
  const [rows, filters] = kernel.shape;
  const taps = rows / channels;
  return withGradient(inputGradient ? [x, kernel] : [kernel], () => {
    const seen = tf.reshape<tf.Rank.R2>(seenRows(x, taps), [steps * batch, rows]);
    const value = tf.reshape<tf.Rank.R3>(tf.matMul(seen, kernel), [steps, batch, filters]);
    const gradient = (dy: tf.Tensor3D, [seen]: tf.Tensor[]): tf.Tensor[] => {
      const dRows = tf.reshape<tf.Rank.R2>(dy, [steps * batch, filters]);
      const dKernel = tf.matMul(seen as tf.Tensor2D, dRows, true, false);
      if (!inputGradient) return [dKernel];
      const dSeen = tf.reshape<tf.Rank.R3>(tf.matMul(dRows, kernel, false, true), [steps, batch, rows]);
      return [summedRows(dSeen, taps), dKernel];
    };
    return { value, saved: [seen], gradient };
  });
}

/** The rows an output sees, side by side: [T, B, C] → [T, B, K · C]. */
function seenRows(x: tf.Tensor3D, taps: number): tf.Tensor3D {
  const [steps] = x.shape;
  const padded = padSteps(x, (taps - 1) / 2);
  const shifted = Array.from({ length: taps }, (_, tap) => tf.slice(padded, [tap, 0, 0], [steps, -1, -1]));
  return tf.concat(shifted, 2);
}

/** The transpose of `seenRows`: each row gets the sum of what the outputs that saw it send back. */
function summedRows(dSeen: tf.Tensor3D, taps: number): tf.Tensor3D {
  const [steps, batch, width] = dSeen.shape;
  const channels = width / taps;
  const padding = (taps - 1) / 2;
  const shifted = Array.from({ length: taps }, (_, tap) => {
    const part = tf.slice(dSeen, [0, 0, tap * channels], [steps, batch, channels]);
    const padded = padSteps(part, padding);
    return tf.slice(padded, [2 * padding - tap, 0, 0], [steps, -1, -1]);
  });
  return tf.addN(shifted);
}

/** Steps of zeros before and after. */
function padSteps(x: tf.Tensor3D, count: number): tf.Tensor3D {
  const [, batch, width] = x.shape;
  const zeros = tf.zeros<tf.Rank.R3>([count, batch, width]);
  return tf.concat([zeros, x, zeros]);
}
