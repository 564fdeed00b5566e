import * as tf from '@tensorflow/tfjs-core';

/**
 * Sum over all rows of x, shape [columns], as a product with a row of ones: `tf.sum` over the first axis transposes the
 * whole matrix first on the WebAssembly backend.
 *
 * @param x shape [..., columns]
 */
export function columnSums(x: tf.Tensor): tf.Tensor1D {
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  return tf.reshape(tf.matMul(tf.ones<tf.Rank.R2>([1, rows]), tf.reshape<tf.Rank.R2>(x, [rows, columns])), [columns]);
}
