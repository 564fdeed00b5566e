/** What AdamW remembers: running means of the gradients and of their squares, in the order of the weights. */
export interface AdamState {
  /** Steps taken. */
  readonly step: number;
  readonly firstMoments: readonly Float32Array[];
  readonly secondMoments: readonly Float32Array[];
}

/** How far a step goes. */
export interface AdamOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Every gradient is taken times this. @default 1 */
  readonly gradientFactor?: number;
}

/** One weight with its gradient. */
export interface Parameter {
  /** Changed in place. */
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly decays: boolean;
}

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** The state before the first step: zeros. */
export function initialAdamState(weights: readonly { readonly length: number }[]): AdamState {
  const zeros = (): Float32Array[] => weights.map(({ length }) => new Float32Array(length));
  return { step: 0, firstMoments: zeros(), secondMoments: zeros() };
}

/**
 * One step of AdamW: Adam (Kingma & Ba 2015, with the bias corrections folded into the step size, end of §2) with decoupled
 * weight decay (Loshchilov & Hutter 2019, algorithm 2 with the schedule multiplier as the learning rate):
 *
 *   m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  α_t = α·√(1 − β₂ᵗ) / (1 − β₁ᵗ)
 *   w ← w − α_t · m / (√v + ε) − α·λ·w      the last term only where the weight decays
 *
 * with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁷. In plain code, not on the backend: there each weight would cost a dozen operations,
 * which for small networks takes longer than the network itself. Weights and moments are changed in place.
 */
export function adamStep(
  parameters: readonly Parameter[],
  state: AdamState,
  { learningRate, weightDecay, gradientFactor = 1 }: AdamOptions,
): AdamState {
  const step = state.step + 1;
  const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  parameters.forEach(({ values, gradient, decays }, index) => {
    const [m, v] = [state.firstMoments[index]!, state.secondMoments[index]!];
    const decay = decays ? learningRate * weightDecay : 0;
    for (let k = 0; k < values.length; k++) {
      const g = gradientFactor * gradient[k]!;
      const mNext = beta1 * m[k]! + (1 - beta1) * g;
      const vNext = beta2 * v[k]! + (1 - beta2) * g * g;
      m[k] = mNext;
      v[k] = vNext;
      values[k]! -= (stepSize * mNext) / (Math.sqrt(vNext) + epsilon) + decay * values[k]!;
    }
  });
  return { ...state, step };
}
