import * as tf from '@tensorflow/tfjs-core';

/**
 * Sum over the rows of x, shape [columns], as a product with a row of ones: `tf.sum` over the first axis transposes the
 * whole matrix first on the WebAssembly backend.
 *
 * @param x shape [rows, columns]
 */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  const [rows, columns] = x.shape;
  return tf.reshape(tf.matMul(tf.ones<tf.Rank.R2>([1, rows]), x), [columns]);
}
