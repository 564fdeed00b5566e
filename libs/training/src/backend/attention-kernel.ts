import type * as tf from '@tensorflow/tfjs-core';
import { BackendKernels } from './backend-kernels.js';

/** Self-attention of one backend in one operation. What it computes is written in `selfAttention`. */
export interface AttentionKernel {
  /**
   * O, shape [T, B, D], and what the backward pass needs.
   *
   * @param projected Q, K and V, shape [T, B, 3D]
   */
  forward(projected: tf.Tensor3D, heads: number): { readonly output: tf.Tensor3D; readonly saved: tf.Tensor[] };
  /**
   * The derivative of the loss for `projected`.
   *
   * @param saved as `forward` gave it
   * @param dOutput derivative of the loss for O
   */
  backward(saved: tf.Tensor[], dOutput: tf.Tensor3D, heads: number): tf.Tensor3D;
}

/** Backends with a fast self-attention. */
export const attentionKernels: BackendKernels<AttentionKernel> = new BackendKernels<AttentionKernel>();
