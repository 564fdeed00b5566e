import * as tf from '@tensorflow/tfjs-core';

/**
 * The LSTM layer of `lstm.ts` as its formula reads, left to TensorFlow.js to differentiate: the oracle of the gradient
 * tests and the yardstick of the benchmark. Needs the gradients that `@tensorflow/tfjs-core` does not register by itself.
 *
 * @param x inputs, shape [T, B, F]
 * @param weights W, shape [U + F + 1, 4U]
 */
export function plainLstm(x: tf.Tensor3D, weights: tf.Tensor2D, output: 'every-step' | 'last-step'): tf.Tensor {
  const [, batch] = x.shape;
  const hidden: tf.Tensor2D[] = [];
  let h = tf.zeros<tf.Rank.R2>([batch, weights.shape[1] / 4]);
  let c = h;
  for (const xt of tf.unstack(x) as tf.Tensor2D[]) {
    const z = tf.matMul(tf.concat([h, xt, tf.ones<tf.Rank.R2>([batch, 1])], 1), weights);
    const [zi, zf, zg, zo] = tf.split(z, 4, 1);
    c = tf.add(tf.mul(tf.sigmoid(zf!), c), tf.mul(tf.sigmoid(zi!), tf.tanh(zg!)));
    h = tf.mul(tf.sigmoid(zo!), tf.tanh(c));
    hidden.push(h);
  }
  return output === 'every-step' ? tf.stack(hidden) : h;
}
