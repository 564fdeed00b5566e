import * as tf from '@tensorflow/tfjs-core';

/** Running averages of the gradients and of their squares, in the order of the weights. */
export interface AdamState {
  readonly step: number;
  readonly firstMoments: readonly tf.Tensor[];
  readonly secondMoments: readonly tf.Tensor[];
}

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** The state before the first step: zeros. */
export function initialAdamState(weights: readonly tf.Tensor[]): AdamState {
  const zeros = (): tf.Tensor[] => weights.map((weight) => tf.zeros(weight.shape));
  return { step: 0, firstMoments: zeros(), secondMoments: zeros() };
}

/**
 * One step of Adam (Kingma & Ba 2015, with the bias corrections folded into the step size, end of §2):
 *
 *   m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  α_t = α·√(1 − β₂ᵗ) / (1 − β₁ᵗ),  w ← w − α_t · m / (√v + ε)
 *
 * with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁷. Nothing is changed in place: the caller disposes what it no longer needs.
 */
export function adamStep(
  weights: readonly tf.Tensor[],
  gradients: readonly tf.Tensor[],
  state: AdamState,
  learningRate: number,
): { weights: tf.Tensor[]; state: AdamState } {
  const step = state.step + 1;
  const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const firstMoments = state.firstMoments.map((m, index) => mix(m, gradients[index]!, beta1));
  const secondMoments = state.secondMoments.map((v, index) => mix(v, tf.square(gradients[index]!), beta2));
  const moved = weights.map((weight, index) => {
    const direction = tf.div(firstMoments[index]!, tf.add(tf.sqrt(secondMoments[index]!), epsilon));
    return tf.sub<tf.Tensor>(weight, tf.mul(direction, stepSize));
  });
  return { weights: moved, state: { step, firstMoments, secondMoments } };
}

function mix(old: tf.Tensor, fresh: tf.Tensor, share: number): tf.Tensor {
  return tf.add(tf.mul(old, share), tf.mul(fresh, 1 - share));
}
