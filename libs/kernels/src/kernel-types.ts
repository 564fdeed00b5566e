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
