import * as tf from '@tensorflow/tfjs-core';

/**
 * The LSTM layer of `lstm.ts` op by op, differentiated by TensorFlow.js itself: the oracle of its gradient tests and the
 * yardstick of its benchmark. Same shapes; returns the last hidden state, or all of them.
 */
export function plainLstm(x: tf.Tensor3D, weights: tf.Tensor2D, output: 'every-step' | 'last-step'): tf.Tensor {
  const [steps, batch] = x.shape;
  const units = weights.shape[1] / 4;
  const hidden: tf.Tensor2D[] = [];
  let h = tf.zeros<tf.Rank.R2>([batch, units]);
  let c = h;
  for (let t = 0; t < steps; t++) {
    const xt = tf.squeeze<tf.Tensor2D>(tf.slice(x, [t, 0, 0], [1, -1, -1]), [0]);
    const z = tf.matMul(tf.concat([h, xt, tf.ones<tf.Rank.R2>([batch, 1])], 1), weights);
    const [zi, zf, zg, zo] = tf.split(z, 4, 1);
    c = tf.add(tf.mul(tf.sigmoid(zf!), c), tf.mul(tf.sigmoid(zi!), tf.tanh(zg!)));
    h = tf.mul(tf.sigmoid(zo!), tf.tanh(c));
    hidden.push(h);
  }
  void units;
  return output === 'every-step' ? tf.stack(hidden) : h;
}
