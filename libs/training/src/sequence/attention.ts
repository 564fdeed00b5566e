import type * as tf from '@tensorflow/tfjs-core';
import { attentionKernels } from '../backend/attention-kernel.js';
import { attentionOfOperations } from './attention-of-operations.js';
import { withGradient } from './own-gradient.js';

/**
 * Multi-head self-attention between the steps of each window (Vaswani et al. 2017, §3.2), after the projections:
 *
 *   S = Q · Kᵀ / √d                       scores, per window and head, [T, T]
 *   P = softmax(S) along rows             weights, rows sum to 1
 *   O = P · V                             then the heads side by side again
 *   δV = Pᵀ · δO,  δP = δO · Vᵀ,  δS = P ∘ (δP − Σ_columns δO ∘ O),  δQ = δS · K / √d,  δK = δSᵀ · Q / √d
 *
 * Σ δO ∘ O is what Σ δP ∘ P is, over d columns instead of T (Dao et al. 2022, appendix B.2). All steps see all steps: nothing is
 * masked, since a window ends at the row that is predicted. It is one operation with its own gradient, computed by the
 * kernel of the backend, if it has one, else by operations that every backend has.
 *
 * @param projected Q, K and V, shape [T, B, 3D], columns ordered by projection, then head, then d = D / heads
 * @returns O, shape [T, B, D]
 */
export function selfAttention(projected: tf.Tensor3D, heads: number): tf.Tensor3D {
  const kernel = attentionKernels.current() ?? attentionOfOperations;
  return withGradient([projected], () => {
    const { output, saved } = kernel.forward(projected, heads);
    return { value: output, saved, gradient: (dy, kept) => [kernel.backward(kept, dy, heads)] };
  });
}
