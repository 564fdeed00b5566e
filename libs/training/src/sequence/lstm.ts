import * as tf from '@tensorflow/tfjs-core';
import { lstmKernels } from '../backend/lstm-kernel.js';
import { lstmOfOperations } from './lstm-of-operations.js';
import { withGradient } from './own-gradient.js';

/** What of a layer is wanted. */
export interface LstmLayerOptions {
  /** All hidden states, shape [T, B, U], or the last one, shape [B, U]. */
  readonly output: 'every-step' | 'last-step';
  /** Whether the loss is differentiated with respect to the input too: yes inside a stack, no for data. */
  readonly inputGradient: boolean;
}

/**
 * One LSTM layer (Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000).
 *
 *   z_t = [h_{t−1}, x_t, 1] · W           four blocks of columns: i, f, g, o
 *   i, f, o = σ(z^i), σ(z^f), σ(z^o)      input, forget and output gate
 *   g = tanh(z^g)                         candidate
 *   c_t = f ∘ c_{t−1} + i ∘ g             cell, c_{−1} = 0
 *   h_t = o ∘ tanh(c_t)                   hidden state, h_{−1} = 0
 *
 * W stacks recurrent matrix, input kernel and bias: a step is one product, and so is the gradient over all steps.
 * Backward, with δ for derivatives of the loss:
 *
 *   δo = δh ∘ tanh(c_t)                   δc += δh ∘ o ∘ (1 − tanh²(c_t)); δc ∘ f flows to t − 1
 *   δi = δc ∘ g,  δf = δc ∘ c_{t−1},  δg = δc ∘ i
 *   δz = δgate ∘ slope of its activation  δ[h_{t−1}, x_t] = δz_t · Wᵀ,  δW = Σ_t [h_{t−1}, x_t, 1]ᵀ · δz_t
 *
 * It is one operation with its own gradient, computed by the kernel of the backend, if it has one, else by operations
 * that every backend has. Outside a gradient nothing is kept for the backward pass.
 *
 * @param x inputs, shape [T, B, F]
 * @param weights W, shape [U + F + 1, 4U]
 */
export function lstmLayer(x: tf.Tensor3D, weights: tf.Tensor2D, options: LstmLayerOptions): tf.Tensor {
  const { output, inputGradient } = options;
  const kernel = lstmKernels.current() ?? lstmOfOperations;
  return withGradient(inputGradient ? [x, weights] : [weights], () => {
    const { hidden, saved } = kernel.forward(x, weights, isDifferentiated());
    const gradient = (dy: tf.Tensor, kept: tf.Tensor[]): tf.Tensor[] => {
      const [x, weights, hidden, ...saved] = kept as [tf.Tensor3D, tf.Tensor2D, tf.Tensor3D, ...tf.Tensor[]];
      const dHidden = output === 'every-step' ? (dy as tf.Tensor3D) : atLastStep(dy as tf.Tensor2D, x.shape[0]);
      const { dWeights, dx } = kernel.backward({ x, weights, hidden, saved, dHidden, inputGradient });
      return inputGradient ? [dx!, dWeights] : [dWeights];
    };
    const value: tf.Tensor = output === 'every-step' ? hidden : lastStep(hidden);
    return { value, saved: [x, weights, hidden, ...saved], gradient };
  });
}

/** Whether what is computed now is being recorded. */
function isDifferentiated(): boolean {
  return tf.engine().state.gradientDepth > 0;
}

/** [T, B, U] → [B, U] */
function lastStep(hidden: tf.Tensor3D): tf.Tensor2D {
  const [steps, batch, units] = hidden.shape;
  return tf.reshape(tf.slice(hidden, [steps - 1, 0, 0], [1, batch, units]), [batch, units]);
}

/** The transpose of `lastStep`: 0 at every step but the last. */
function atLastStep(dy: tf.Tensor2D, steps: number): tf.Tensor3D {
  const [batch, units] = dy.shape;
  const before = tf.fill<tf.Rank.R3>([steps - 1, batch, units], 0);
  return tf.concat([before, tf.reshape<tf.Rank.R3>(dy, [1, batch, units])]);
}
