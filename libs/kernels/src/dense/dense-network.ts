/** What is done to the sums of a layer. */
export type Activation = 'linear' | 'relu' | 'tanh';

/** One layer: y = activation(x·W + b). */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
}

/** How far Adam goes in a step. */
export interface DenseStep {
  readonly learningRate: number;
  /** Added to the root of the variance, as in PyTorch. @default 1e-8 */
  readonly epsilon?: number;
  /** Factor of the gradients: below 1 where their norm is to be cut. @default 1 */
  readonly gradientScale?: number;
}

/** What Adam remembers from step to step, in the order of the parameters. Write to it to go on from a checkpoint. */
export interface AdamMemory {
  readonly m: Float32Array;
  readonly v: Float32Array;
  /** Steps taken. */
  steps: number;
}

/**
 * A multi-layer perceptron, float32, with Adam (β1 0.9, β2 0.999). Arrays are views that stay valid; what `forward` and
 * `backward` return is written over by their next call.
 */
export interface DenseNetwork {
  readonly layers: readonly DenseLayer[];
  /** Rows that fit into one call. */
  readonly maxRows: number;
  /** Layer by layer W [inputs, outputs], row-major as Keras has it, then b [outputs]. Write to it to set the weights. */
  readonly parameters: Float32Array;
  /** Derivatives of the loss, in the order of `parameters`. */
  readonly gradients: Float32Array;
  readonly memory: AdamMemory;
  /**
   * The answers for `rows` rows. A row's answer does not depend on the rows beside it.
   *
   * @param inputs shape [rows, inputs of the first layer]
   * @returns shape [rows, outputs of the last layer]
   */
  forward(inputs: Float32Array, rows: number): Float32Array;
  /**
   * Derivatives for the rows of the last `forward`: into `gradients`, which it writes anew, or for the inputs only.
   *
   * @param outputGradient derivative of the loss for the answers, shape [rows, outputs]
   * @returns derivative for the inputs, shape [rows, inputs]; empty unless `wanted` names the inputs. @default 'parameters'
   */
  backward(outputGradient: Float32Array, rows: number, wanted?: 'parameters' | 'inputs' | 'both'): Float32Array;
  /** Moves the parameters along `gradients`. */
  step(options: DenseStep): void;
}

/** Where the parameters of each layer begin in the flat array, and how many there are in all. */
export function denseOffsets(layers: readonly DenseLayer[]): { readonly offsets: number[]; readonly size: number } {
  let size = 0;
  const offsets = layers.map(({ inputs, outputs }) => {
    const offset = size;
    size += inputs * outputs + outputs;
    return offset;
  });
  return { offsets, size };
}

/**
 * Refuses layers that do not follow one another, and sizes below 1.
 *
 * @throws RangeError
 */
export function requireLayers(layers: readonly DenseLayer[], maxRows: number): void {
  const sizes = [maxRows, ...layers.flatMap(({ inputs, outputs }) => [inputs, outputs])];
  if (layers.length === 0 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new RangeError(
      `Cannot make a network: sizes are ${sizes.join(', ')}; give layers, rows and widths of at least 1`,
    );
  }
  layers.slice(1).forEach(({ inputs }, i) => {
    const before = layers[i]!.outputs;
    if (inputs !== before) {
      throw new RangeError(
        `Cannot make a network: layer ${i + 2} takes ${inputs} inputs, the one before gives ${before}`,
      );
    }
  });
}

/** Refuses more rows than there is room for. */
export function requireRows(rows: number, maxRows: number): void {
  if (Number.isInteger(rows) && rows >= 1 && rows <= maxRows) return;
  throw new RangeError(`Cannot run a network on ${rows} rows: give 1 to ${maxRows}`);
}
