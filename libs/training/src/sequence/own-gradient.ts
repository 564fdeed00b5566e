import * as tf from '@tensorflow/tfjs-core';

/** A value, what its gradient will need again, and that gradient. */
export interface Differentiated<T extends tf.Tensor> {
  readonly value: T;
  /** Intermediates to keep until the backward pass; everything else made on the way is freed. */
  readonly saved: tf.Tensor[];
  /** Derivatives of the loss for the inputs, in their order. */
  readonly gradient: (dy: T, saved: tf.Tensor[]) => tf.Tensor[];
}

/**
 * One operation with a gradient of its own, instead of the recorded gradients of its parts (`tf.customGrad`).
 *
 * @param inputs what is differentiated; other tensors may be read, but get no gradient
 */
export function withGradient<T extends tf.Tensor>(inputs: readonly tf.Tensor[], compute: () => Differentiated<T>): T {
  const operation = tf.customGrad((...args) => {
    const save = args.at(-1) as (tensors: tf.Tensor[]) => void;
    const { value, saved, gradient } = compute();
    save(saved);
    return { value, gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => gradient(dy as T, kept) };
  });
  return operation(...inputs);
}
