import * as tf from '@tensorflow/tfjs-core';
import type { LayerNormKernel } from '../backend/layer-norm-kernel.js';
import { columnSums } from './column-sums.js';

/** `layerNorm` in operations that every backend has: for backends without a kernel of their own. */
export const layerNormOfOperations: LayerNormKernel = {
  forward(x, { gain, shift, epsilon }) {
    const centred = tf.sub(x, rowMeans(x));
    const scale = tf.rsqrt(tf.add(rowMeans(tf.square(centred)), epsilon)); // [..., 1]
    const normal = tf.mul(centred, scale);
    return { y: tf.add(tf.mul(normal, gain), shift), saved: [normal, scale] };
  },
  backward(saved, gain, dy) {
    const [normal, scale] = saved as [tf.Tensor, tf.Tensor];
    const dNormal = tf.mul(dy, gain);
    const along = tf.mul(normal, rowMeans(tf.mul(dNormal, normal)));
    const dx = tf.mul(scale, tf.sub(tf.sub(dNormal, rowMeans(dNormal)), along));
    return [dx, columnSums(tf.mul(dy, normal)), columnSums(dy)];
  },
};

/** Mean of every row, shape [..., 1]. */
function rowMeans(x: tf.Tensor): tf.Tensor {
  return tf.mean(x, -1, true);
}
