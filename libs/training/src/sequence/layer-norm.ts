import * as tf from '@tensorflow/tfjs-core';
import { layerNormKernels, type LayerNormKernel } from '../backend/layer-norm-kernel.js';
import { columnSums } from './column-sums.js';
import type { ParameterSpec } from './network.js';
import { withGradient, type Differentiated } from './own-gradient.js';

/** Added to the variance, so that a constant row does not divide by 0. */
export const layerNormEpsilon = 1e-5;

/** Gain [width], 1, and shift [width], 0, of a layer normalisation. */
export function layerNormParameters(name: string, width: number): [ParameterSpec, ParameterSpec] {
  return [
    { name: `${name}.gain`, shape: [width], initial: () => new Float32Array(width).fill(1), decays: false },
    { name: `${name}.shift`, shape: [width], initial: () => new Float32Array(width), decays: false },
  ];
}

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016), each row by its own mean and variance over the D columns:
 *
 *   n = (x − mean(x)) · s,  s = 1 / √(var(x) + ε)        var is the population variance
 *   y = n ∘ gain + shift
 *   δn = δy ∘ gain,  δx = s · (δn − mean(δn) − n · mean(δn ∘ n)),  δgain = Σ_rows δy ∘ n,  δshift = Σ_rows δy
 *
 * It is computed by the kernel of the backend, if it has one, else by operations that every backend has.
 *
 * @param x shape [..., D]
 * @param weights gain and shift, each of shape [D]
 * @returns y, the shape of x
 */
export function layerNorm<T extends tf.Tensor>(x: T, weights: readonly tf.Tensor[]): T {
  const [gain, shift] = weights as [tf.Tensor1D, tf.Tensor1D];
  const kernel = layerNormKernels.current();
  return withGradient<T>([x, gain, shift], () =>
    kernel ? byKernel(kernel, x, { gain, shift }) : byOperations(x, { gain, shift }),
  );
}

interface GainAndShift {
  readonly gain: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
}

function byKernel<T extends tf.Tensor>(kernel: LayerNormKernel, x: T, weights: GainAndShift): Differentiated<T> {
  const { y, moments } = kernel.forward(x, { ...weights, epsilon: layerNormEpsilon });
  const gradient = (dy: T, saved: tf.Tensor[]): tf.Tensor[] => {
    const [x, gain, moments] = saved as [T, tf.Tensor1D, tf.Tensor];
    return kernel.backward(x, gain, moments, dy);
  };
  return { value: y as T, saved: [x, weights.gain, moments], gradient };
}

function byOperations<T extends tf.Tensor>(x: T, { gain, shift }: GainAndShift): Differentiated<T> {
  const rows = tf.reshape<tf.Rank.R2>(x, [-1, gain.size]);
  const centred = tf.sub<tf.Tensor2D>(rows, rowMeans(rows));
  const scale = tf.rsqrt(tf.add(rowMeans(tf.square(centred)), layerNormEpsilon)); // [rows, 1]
  const normal = tf.mul<tf.Tensor2D>(centred, scale);
  const value = tf.reshape(tf.add(tf.mul(normal, gain), shift), x.shape) as T;
  const gradient = (dy: T, saved: tf.Tensor[]): tf.Tensor[] => {
    const [normal, scale] = saved as [tf.Tensor2D, tf.Tensor2D];
    const dRows = tf.reshape<tf.Rank.R2>(dy, normal.shape);
    const dx = inputGradient(tf.mul(dRows, gain), normal, scale);
    return [tf.reshape(dx, x.shape), columnSums(tf.mul(dRows, normal)), columnSums(dRows)];
  };
  return { value, saved: [normal, scale], gradient };
}

/** δx from δn, n and s. */
function inputGradient(dNormal: tf.Tensor2D, normal: tf.Tensor2D, scale: tf.Tensor2D): tf.Tensor2D {
  const along = tf.mul(normal, rowMeans(tf.mul(dNormal, normal)));
  return tf.mul(scale, tf.sub(tf.sub(dNormal, rowMeans(dNormal)), along));
}

/** Mean of every row, shape [rows, 1]. */
function rowMeans(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mean(x, 1, true);
}
