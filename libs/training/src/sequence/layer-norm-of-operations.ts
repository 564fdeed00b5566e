import * as tf from '@tensorflow/tfjs-core';
import type { LayerNormKernel } from '../backend/layer-norm-kernel.js';
import { columnSums } from './column-sums.js';

/** `layerNorm` in operations that every backend has: for backends without a kernel of their own. */
export const layerNormOfOperations: LayerNormKernel = {
  forward(x, { gain, shift, epsilon }) {
    const rows = tf.reshape<tf.Rank.R2>(x, [-1, gain.size]);
    const mean = rowMeans(rows);
    const centred = tf.sub<tf.Tensor2D>(rows, mean);
    const scale = tf.rsqrt<tf.Tensor2D>(tf.add(rowMeans(tf.square(centred)), epsilon));
    const y = tf.add(tf.mul(tf.mul(centred, scale), gain), shift);
    return { y: tf.reshape(y, x.shape), moments: tf.concat([mean, scale], 1) };
  },
  backward(x, gain, moments, dy) {
    const [mean, scale] = tf.split(moments as tf.Tensor2D, 2, 1);
    const rows = tf.reshape<tf.Rank.R2>(x, [-1, gain.size]);
    const dRows = tf.reshape<tf.Rank.R2>(dy, [-1, gain.size]);
    const normal = tf.mul<tf.Tensor2D>(tf.sub(rows, mean!), scale!);
    const dNormal = tf.mul<tf.Tensor2D>(dRows, gain);
    const along = tf.mul(normal, rowMeans(tf.mul(dNormal, normal)));
    const dx = tf.mul(scale!, tf.sub(tf.sub(dNormal, rowMeans(dNormal)), along));
    return [tf.reshape(dx, x.shape), columnSums(tf.mul(dRows, normal)), columnSums(dRows)];
  },
};

/** Mean of every row, shape [rows, 1]. */
function rowMeans(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mean(x, 1, true);
}
