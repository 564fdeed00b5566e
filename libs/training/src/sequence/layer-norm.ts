import type * as tf from '@tensorflow/tfjs-core';
import { layerNormKernels } from '../backend/layer-norm-kernel.js';
import { layerNormOfOperations } from './layer-norm-of-operations.js';
import type { ParameterSpec } from './network.js';
import { withGradient } from './own-gradient.js';

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
 * It is one operation with its own gradient, computed by the kernel of the backend, if it has one, else by operations that
 * every backend has.
 *
 * @param x shape [..., D]
 * @param weights gain and shift, each of shape [D]
 * @returns y, the shape of x
 */
export function layerNorm<T extends tf.Tensor>(x: T, weights: readonly tf.Tensor[]): T {
  const [gain, shift] = weights as [tf.Tensor1D, tf.Tensor1D];
  const kernel = layerNormKernels.current() ?? layerNormOfOperations;
  return withGradient<T>([x, gain, shift], () => {
    const { y, saved } = kernel.forward(x, { gain, shift, epsilon: layerNormEpsilon });
    return { value: y as T, saved, gradient: (dy, kept) => kernel.backward(kept, gain, dy) };
  });
}
