import * as tf from '@tensorflow/tfjs-core';
import { attentionKernels, type AttentionKernel } from '../backend/attention-kernel.js';
import { withGradient, type Differentiated } from './own-gradient.js';

/**
 * Multi-head self-attention between the steps of each window (Vaswani et al. 2017, §3.2), after the projections:
 *
 *   S = Q · Kᵀ / √d                       scores, per window and head, [T, T]
 *   P = softmax(S) along rows             weights, rows sum to 1
 *   O = P · V                             then the heads side by side again
 *   δV = Pᵀ · δO,  δP = δO · Vᵀ,  δS = P ∘ (δP − Σ_columns δO ∘ O),  δQ = δS · K / √d,  δK = δSᵀ · Q / √d
 *
 * Σ δO ∘ O is what Σ δP ∘ P is, over d columns instead of T (Dao et al. 2022, §3.1). All windows see all steps: nothing
 * is masked, since a window ends at the row that is predicted.
 *
 * It is computed by the kernel of the backend, if it has one, else by operations that every backend has.
 *
 * @param projected Q, K and V, shape [T, B, 3D], columns ordered by projection, then head, then d = D / heads
 * @returns O, shape [T, B, D]
 */
export function selfAttention(projected: tf.Tensor3D, heads: number): tf.Tensor3D {
  const kernel = attentionKernels.current();
  return withGradient([projected], () =>
    kernel ? byKernel(kernel, projected, heads) : byOperations(projected, heads),
  );
}

function byKernel(kernel: AttentionKernel, projected: tf.Tensor3D, heads: number): Differentiated<tf.Tensor3D> {
  const { output, shares } = kernel.forward(projected, heads);
  const gradient = (dy: tf.Tensor3D, saved: tf.Tensor[]): tf.Tensor[] => {
    const [projected, shares] = saved as [tf.Tensor3D, tf.Tensor];
    return [kernel.backward(projected, shares, dy, heads)];
  };
  return { value: output, saved: [projected, shares], gradient };
}

/**
 * The three projections lie side by side, so that one transpose, of four axes, brings all heads of all windows into
 * batches of [T, d] matrices: [T, B, 3·heads, d] → [3·heads, B, T, d].
 */
function byOperations(projected: tf.Tensor3D, heads: number): Differentiated<tf.Tensor3D> {
  const [steps, batch, columns] = projected.shape;
  const size = columns / 3 / heads;
  const scale = 1 / Math.sqrt(size);
  const all = headsFirst(projected, 3 * heads);
  const [q, k, v] = [0, 1, 2].map((part) => tf.slice(all, part * heads, heads)) as Triple; // [heads, B, T, d] each
  const scaledQ = tf.mul<tf.Tensor4D>(q, scale);
  const p = tf.softmax(tf.matMul<tf.Tensor4D>(scaledQ, k, false, true)); // [heads, B, T, T]
  const o = tf.matMul<tf.Tensor4D>(p, v);
  const gradient = (dy: tf.Tensor3D, saved: tf.Tensor[]): tf.Tensor[] => {
    const [scaledQ, k, v, p, o] = saved as [...Triple, tf.Tensor4D, tf.Tensor4D];
    const dO = headsFirst(dy, heads);
    const dP = tf.matMul(dO, v, false, true);
    const dS = tf.mul<tf.Tensor4D>(p, tf.sub(dP, tf.sum(tf.mul(dO, o), -1, true)));
    const dQ = tf.mul<tf.Tensor4D>(tf.matMul(dS, k), scale);
    const dK = tf.matMul<tf.Tensor4D>(dS, scaledQ, true, false);
    const dV = tf.matMul<tf.Tensor4D>(p, dO, true, false);
    return [stepsFirst(tf.concat4d([dQ, dK, dV], 0))];
  };
  return { value: stepsFirst(o), saved: [scaledQ, k, v, p, o], gradient };

  /** [T, B, n·d] → [n, B, T, d] */
  function headsFirst(x: tf.Tensor3D, count: number): tf.Tensor4D {
    return tf.transpose(tf.reshape<tf.Rank.R4>(x, [steps, batch, count, size]), [2, 1, 0, 3]);
  }

  /** [n, B, T, d] → [T, B, n·d] */
  function stepsFirst(x: tf.Tensor4D): tf.Tensor3D {
    return tf.reshape(tf.transpose(x, [2, 1, 0, 3]), [steps, batch, -1]);
  }
}

type Triple = [q: tf.Tensor4D, k: tf.Tensor4D, v: tf.Tensor4D];
