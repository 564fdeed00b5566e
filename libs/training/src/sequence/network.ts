import type { Rng } from '@i-drill/core';
import type * as tf from '@tensorflow/tfjs-core';

/** One weight of an architecture. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Values to start from, row-major. */
  readonly initial: (rng: Rng) => Float32Array;
  /** Whether weight decay pulls it towards 0: matrices yes, biases and gains no. */
  readonly decays: boolean;
}

/** What a network reads and gives, apart from its architecture. */
export interface NetworkShape {
  readonly windowLength: number;
  readonly features: number;
  /** Columns of the output. */
  readonly outputs: number;
}

/**
 * Drops a share of values while training and scales the rest up by 1 / (1 − share) (Srivastava et al. 2014).
 *
 * @param x [..., B, width]; one mask [B, width] serves all steps of a sequence (Gal & Ghahramani 2016)
 */
export type Dropout = <T extends tf.Tensor>(x: T, share: number) => T;

/** A network as a function of its weights. */
export interface SequenceNetwork {
  readonly parameters: readonly ParameterSpec[];
  /**
   * The output for a batch, shape [B, O], scaled units (logits for classes). Differentiable for the weights on every
   * backend. The caller tidies.
   *
   * @param weights in the order of `parameters`
   * @param x scaled windows, time first, shape [T, B, F]
   * @param dropout only while training
   */
  apply(weights: readonly tf.Tensor[], x: tf.Tensor3D, dropout?: Dropout): tf.Tensor2D;
}
