import type * as tf from '@tensorflow/tfjs-core';
import { BackendKernels } from './backend-kernels.js';

/** Layer normalisation of one backend in one operation. What it computes is written in `layerNorm`. */
export interface LayerNormKernel {
  /** y, the shape of x, and what the backward pass needs. */
  forward(x: tf.Tensor, weights: LayerNormWeights): { readonly y: tf.Tensor; readonly saved: tf.Tensor[] };
  /**
   * Derivatives of the loss for x, gain and shift.
   *
   * @param saved as `forward` gave it
   * @param dy derivative of the loss for y
   */
  backward(
    saved: tf.Tensor[],
    gain: tf.Tensor1D,
    dy: tf.Tensor,
  ): [dx: tf.Tensor, dGain: tf.Tensor1D, dShift: tf.Tensor1D];
}

/** What a layer normalisation is made with. */
interface LayerNormWeights {
  readonly gain: tf.Tensor1D;
  readonly shift: tf.Tensor1D;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** Backends with a fast layer normalisation. */
export const layerNormKernels: BackendKernels<LayerNormKernel> = new BackendKernels<LayerNormKernel>();
