import type * as tf from '@tensorflow/tfjs-core';
import { BackendKernels } from './backend-kernels.js';

/** Layer normalisation of one backend in one operation. What it computes is written in `layerNorm`. */
export interface LayerNormKernel {
  /** y, the shape of x, and mean and scale of every row, which the backward pass needs. */
  forward(x: tf.Tensor, weights: LayerNormWeights): { readonly y: tf.Tensor; readonly moments: tf.Tensor };
  /**
   * Derivatives of the loss for x, gain and shift.
   *
   * @param moments as `forward` gave it
   * @param dy derivative of the loss for y
   */
  backward(x: tf.Tensor, gain: tf.Tensor1D, moments: tf.Tensor, dy: tf.Tensor): [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
}

/** What a layer normalisation is made with. */
export interface LayerNormWeights {
  readonly gain: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Backends with a fast layer normalisation. */
export const layerNormKernels: BackendKernels<LayerNormKernel> = new BackendKernels();
