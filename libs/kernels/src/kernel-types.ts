/** Offset in bytes into the memory of the kernels, a multiple of 4. */
export type Pointer = number;

/** Products of a batch of matrices, float32, row-major: C = A·B, C [rows, columns]. */
export interface MatrixProduct {
  /** A, [rows, depth], or with `transposeA` its transpose. */
  readonly a: Pointer;
  /** B, [depth, columns], or with `transposeB` its transpose. */
  readonly b: Pointer;
  readonly c: Pointer;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** C += A·B. */
  readonly accumulate?: boolean;
  /** @default 1 */
  readonly batch?: number;
  /** The same A, or B, in every product of the batch. */
  readonly shared?: 'a' | 'b';
}

/** The derivative of a loss through an activation, from what came out of it; dz may be dy. */
export interface ActivationGradient {
  /** What came out. */
  readonly y: Pointer;
  /** Derivative of the loss for it. */
  readonly dy: Pointer;
  /** Receives the derivative for what went in. */
  readonly dz: Pointer;
  readonly size: number;
  readonly activation: 'relu' | 'tanh';
}

/** One step of Adam (Kingma & Ba 2015); epsilon is added to the root of the corrected variance, as in PyTorch. */
export interface AdamStep {
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** Running means of gradients and of their squares, both kept. */
  readonly m: Pointer;
  readonly v: Pointer;
  readonly size: number;
  /** Of this step, from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Factor of the gradients. */
  readonly scale: number;
}

/** Sizes of an LSTM layer and of what it is given. */
export interface LstmSizes {
  readonly steps: number;
  readonly batch: number;
  readonly features: number;
  readonly units: number;
}

/** One LSTM layer over all steps. */
export interface LstmForward extends LstmSizes {
  /** Inputs, [steps, batch, features]. */
  readonly x: Pointer;
  /** [h, x, 1] · W with blocks i, f, g, o: [units + features + 1, 4 units]. */
  readonly weights: Pointer;
  /** Receives the hidden states, [steps, batch, units]. */
  readonly hidden: Pointer;
  /** For a gradient: receives the gates, [steps, batch, 4 units], and the cells, [steps, batch, units]. */
  readonly keep?: LstmTrace;
}

/** What the backward pass needs of the forward one. */
export interface LstmTrace {
  readonly gates: Pointer;
  readonly cells: Pointer;
}

/** The gradient of an LSTM layer. */
export interface LstmBackward extends LstmSizes {
  readonly x: Pointer;
  readonly weights: Pointer;
  readonly hidden: Pointer;
  readonly trace: LstmTrace;
  /** Derivative of the loss for `hidden`. */
  readonly dHidden: Pointer;
  /** Receives the derivative for `weights`. */
  readonly dWeights: Pointer;
  /** Receives the derivative for `x`, if it is wanted. */
  readonly dx?: Pointer;
}

/** A number for each of three axes. */
export type Triple = readonly [number, number, number];

/** Runs of `width` numbers, copied from where they lie in strides (in numbers) to where they lie in others. */
export interface BlockCopy {
  readonly x: Pointer;
  readonly y: Pointer;
  readonly width: number;
  /** How many runs along three axes. */
  readonly sizes: Triple;
  readonly from: Triple;
  readonly to: Triple;
}

/** Sizes of self-attention. */
export interface AttentionSizes {
  readonly steps: number;
  readonly batch: number;
  readonly heads: number;
  /** Width of a head. */
  readonly size: number;
}

/** Self-attention between the steps of every sequence, heads apart: P = softmax(Q·Kᵀ / √size), O = P·V. */
export interface AttentionForward extends AttentionSizes {
  /** Q, K, V side by side, each with its heads side by side: [steps, batch, 3 heads size]. */
  readonly projected: Pointer;
  /** Receives O, [steps, batch, heads size]. */
  readonly output: Pointer;
  /** Receives P, [batch, heads, steps, steps]. */
  readonly shares: Pointer;
}

/** The gradient of self-attention. */
export interface AttentionBackward extends AttentionSizes {
  readonly projected: Pointer;
  readonly shares: Pointer;
  /** Derivative of the loss for `output`. */
  readonly dOutput: Pointer;
  /** Receives the derivative for `projected`. */
  readonly dProjected: Pointer;
}

/** Layer normalisation of rows: y = (x − mean) / √(variance + epsilon) ∘ gain + shift. */
export interface LayerNormForward {
  /** [rows, columns]. */
  readonly x: Pointer;
  /** [columns]. */
  readonly gain: Pointer;
  /** [columns]. */
  readonly shift: Pointer;
  /** Receives the result. */
  readonly y: Pointer;
  /** Receives mean and 1 / √(variance + epsilon) of every row, [rows, 2]. */
  readonly moments: Pointer;
  readonly rows: number;
  readonly columns: number;
  readonly epsilon: number;
}

/** The gradient of layer normalisation. */
export interface LayerNormBackward {
  readonly x: Pointer;
  readonly gain: Pointer;
  readonly moments: Pointer;
  /** Derivative of the loss for `y`. */
  readonly dy: Pointer;
  /** Receives the derivative for `x`. */
  readonly dx: Pointer;
  /** Receives the derivative for `gain`. */
  readonly dGain: Pointer;
  /** Receives the derivative for `shift`. */
  readonly dShift: Pointer;
  readonly rows: number;
  readonly columns: number;
}
