import type * as tf from '@tensorflow/tfjs-core';
import { BackendKernels } from './backend-kernels.js';

/** A fast LSTM layer of one backend. What it computes is written in `lstmLayer`. */
export interface LstmKernel {
  /**
   * All hidden states, shape [T, B, U], and what the backward pass needs of the forward pass.
   *
   * @param x inputs, shape [T, B, F]
   * @param weights shape [U + F + 1, 4U]
   * @param keep whether `backward` will follow; if not, `saved` may be empty
   */
  forward(x: tf.Tensor3D, weights: tf.Tensor2D, keep: boolean): { hidden: tf.Tensor3D; saved: tf.Tensor[] };
  /** Derivatives of the loss; `dx`, shape [T, B, F], if it is wanted. */
  backward(pass: LstmBackwardPass): { dWeights: tf.Tensor2D; dx?: tf.Tensor3D };
}

/** What the backward pass of an LSTM layer reads. */
interface LstmBackwardPass {
  readonly x: tf.Tensor3D;
  readonly weights: tf.Tensor2D;
  /** As `forward` gave it. */
  readonly hidden: tf.Tensor3D;
  /** As `forward` gave it. */
  readonly saved: readonly tf.Tensor[];
  /** Derivatives of the loss for all hidden states, shape [T, B, U]. */
  readonly dHidden: tf.Tensor3D;
  /** Whether `dx` is wanted. */
  readonly inputGradient: boolean;
}

/** Backends with a fast LSTM layer. */
export const lstmKernels: BackendKernels<LstmKernel> = new BackendKernels<LstmKernel>();
