/** Weights of one LSTM layer. Columns are four gate blocks of `units` each, in the order i, f, c, o (as in Keras). */
export interface LstmLayerWeights {
  readonly inputs: number;
  readonly units: number;
  /** From the input, shape [inputs, 4·units]. */
  readonly kernel: Float32Array;
  /** From the previous hidden state, shape [units, 4·units]. */
  readonly recurrent: Float32Array;
  /** Shape [4·units]. */
  readonly bias: Float32Array;
}

/** Weights of a stack of LSTM layers and the linear output on the last hidden state. */
export interface LstmWeights {
  readonly layers: readonly LstmLayerWeights[];
  /** `kernel` has shape [units of the last layer, 1], `bias` [1]. */
  readonly head: { readonly kernel: Float32Array; readonly bias: Float32Array };
}
