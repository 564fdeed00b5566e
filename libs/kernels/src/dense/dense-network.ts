/** What is done to the sums of a layer. */
export type Activation = 'linear' | 'relu' | 'tanh';

/** One layer: y = activation(x·W + b). */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
}

/**
 * A multi-layer perceptron, float32. Arrays are views that stay valid; what they hold is written over by the next call.
 */
export interface DenseNetwork {
  readonly layers: readonly DenseLayer[];
  /** Rows that fit into one call. */
  readonly maxRows: number;
  /** Layer by layer W [inputs, outputs], row-major as Keras has it, then b [outputs]. Write to it to set the weights. */
  readonly parameters: Float32Array;
  /** Derivatives of the loss, in the order of `parameters`. */
  readonly gradients: Float32Array;
  /**
   * The answers for `rows` rows. A row's answer does not depend on the rows beside it.
   *
   * @param inputs shape [rows, inputs of the first layer]
   * @returns shape [rows, outputs of the last layer]
   */
  forward(inputs: Float32Array, rows: number): Float32Array;
  /**
   * Derivatives for the rows of the last `forward`: into `gradients`, which it writes anew, or the inputs only.
   *
   * @param outputGradient derivative of the loss for the answers, shape [rows, outputs]
   * @returns derivative for the inputs, shape [rows, inputs]; without meaning unless `wanted` names the inputs
   */
  backward(outputGradient: Float32Array, rows: number, wanted?: 'parameters' | 'inputs' | 'both'): Float32Array;
}
