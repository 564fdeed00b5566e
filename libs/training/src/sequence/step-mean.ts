import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './own-gradient.js';

/**
 * Mean over the steps of a sequence, as a product with a row of 1 / T: `tf.mean` over the first axis transposes
 * everything first on the WebAssembly backend. Its gradient hands each step δy / T.
 *
 * @param x shape [T, B, D]
 * @returns shape [B, D]
 */
export function stepMean(x: tf.Tensor3D): tf.Tensor2D {
  const [steps, batch, width] = x.shape;
  return withGradient([x], () => {
    const share = tf.fill<tf.Rank.R2>([1, steps], 1 / steps);
    const value = tf.matMul(share, tf.reshape<tf.Rank.R2>(x, [steps, batch * width]));
    const gradient = (dy: tf.Tensor2D): tf.Tensor[] => [
      tf.mul(tf.reshape(dy, [1, batch, width]), tf.fill([steps, 1, 1], 1 / steps)),
    ];
    return { value: tf.reshape<tf.Rank.R2>(value, [batch, width]), saved: [], gradient };
  });
}
