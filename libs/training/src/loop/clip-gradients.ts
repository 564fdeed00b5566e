import * as tf from '@tensorflow/tfjs-core';

/** Scales all gradients by min(1, limit / norm), where norm is the Euclidean norm of all of them together (Pascanu et al. 2013). */
export function clipGradients(gradients: readonly tf.Tensor[], limit: number): tf.Tensor[] {
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const factor = tf.div(limit, tf.maximum(norm, limit));
  return gradients.map((gradient) => tf.mul<tf.Tensor>(gradient, factor));
}
