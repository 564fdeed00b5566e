import * as tf from '@tensorflow/tfjs-core';
import type { AttentionKernel } from '../backend/attention-kernel.js';

/**
 * `selfAttention` in operations that every backend has: for backends without a kernel of their own. The three projections
 * lie side by side, so that one transpose of four axes brings all heads of all windows into batches of [T, d] matrices:
 * [T, B, 3·heads, d] → [3·heads, B, T, d].
 */
export const attentionOfOperations: AttentionKernel = {
  forward(projected, heads) {
    const all = headsFirst(projected, 3 * heads);
    const part = (index: number): tf.Tensor4D => tf.slice(all, index * heads, heads); // [heads, B, T, d]
    const [scaledQ, k, v] = [tf.mul<tf.Tensor4D>(part(0), scaleOf(all)), part(1), part(2)];
    const p = tf.softmax(tf.matMul<tf.Tensor4D>(scaledQ, k, false, true)); // [heads, B, T, T]
    const o = tf.matMul<tf.Tensor4D>(p, v);
    return { output: stepsFirst(o), saved: [scaledQ, k, v, p, o] };
  },
  backward(saved, dOutput, heads) {
    const [scaledQ, k, v, p, o] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const dO = headsFirst(dOutput, heads);
    const dP = tf.matMul<tf.Tensor4D>(dO, v, false, true);
    const dS = tf.mul<tf.Tensor4D>(p, tf.sub(dP, tf.sum(tf.mul(dO, o), -1, true)));
    const dQ = tf.mul<tf.Tensor4D>(tf.matMul(dS, k), scaleOf(dO));
    const dK = tf.matMul<tf.Tensor4D>(dS, scaledQ, true, false);
    const dV = tf.matMul<tf.Tensor4D>(p, dO, true, false);
    return stepsFirst(tf.concat4d([dQ, dK, dV], 0));
  },
};

/** 1 / √d of [n, B, T, d]. */
function scaleOf({ shape }: tf.Tensor4D): number {
  return 1 / Math.sqrt(shape[3]);
}

/** [T, B, n·d] → [n, B, T, d] */
function headsFirst(x: tf.Tensor3D, count: number): tf.Tensor4D {
  const [steps, batch, columns] = x.shape;
  return tf.transpose(tf.reshape<tf.Rank.R4>(x, [steps, batch, count, columns / count]), [2, 1, 0, 3]);
}

/** [n, B, T, d] → [T, B, n·d] */
function stepsFirst(x: tf.Tensor4D): tf.Tensor3D {
  const [count, batch, steps, size] = x.shape;
  return tf.reshape(tf.transpose(x, [2, 1, 0, 3]), [steps, batch, count * size]);
}
