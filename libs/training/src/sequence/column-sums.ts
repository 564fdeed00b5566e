import * as tf from '@tensorflow/tfjs-core';

/**
 * Sum over all rows.
 *
 * @param x shape [..., columns]
 * @returns shape [columns]
 */
export function columnSums(x: tf.Tensor): tf.Tensor1D {
  const allButLast = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
  return tf.sum(x, allButLast);
}
