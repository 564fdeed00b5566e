import * as tf from '@tensorflow/tfjs-core';
import type { LstmKernel } from './lstm-kernel.js';
import { int64Scalar, type NativeBackend, type OperationAttribute } from './native-library.js';
import { tidy } from './tidy.js';

/** Outputs of BlockLSTMV2, each of shape [T, B, U]: gates and cells are needed again by its gradient. */
type LayerOutputs = [
  i: tf.Tensor3D,
  cells: tf.Tensor3D,
  f: tf.Tensor3D,
  o: tf.Tensor3D,
  g: tf.Tensor3D,
  tanhCells: tf.Tensor3D,
  hidden: tf.Tensor3D,
];
const layerOutputs = 7;
const gradientOutputs = 8;

/**
 * The LSTM layer of TensorFlow's own library, one operation for all steps in each direction: `BlockLSTMV2` and
 * `BlockLSTMGradV2`, without peepholes and without a limit on the cell. Their matrix has the rows of the input kernel
 * first, [F + U, 4U], and the bias beside it; the gates are in our order i, f, g, o.
 */
export function nativeLstm(backend: NativeBackend): LstmKernel {
  const operations = new BlockLstm(backend);
  return {
    forward(x, weights, keep) {
      return tidy(() => {
        const outputs = operations.forward(x, weights);
        return { hidden: outputs[6], saved: keep ? outputs.slice(0, -1) : [] };
      });
    },
    backward({ x, weights, hidden, saved, dHidden, inputGradient }) {
      return tidy(() => {
        const outputs = [...saved, hidden] as LayerOutputs;
        const { dx, dKernel, dBias } = operations.backward(x, weights, outputs, dHidden);
        const dWeights = ourRows(dKernel, dBias, x.shape[2]);
        return inputGradient ? { dWeights, dx } : { dWeights };
      });
    },
  };
}

/** The two operations with what they are given besides data. */
class BlockLstm {
  readonly #backend: NativeBackend;
  readonly #lengths = new Map<number, { readonly dataId: object }>();
  readonly #gradientAttributes: OperationAttribute[];
  readonly #attributes: OperationAttribute[];

  constructor(backend: NativeBackend) {
    const { TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
    this.#backend = backend;
    this.#gradientAttributes = [
      { name: 'use_peephole', type: TF_ATTR_BOOL, value: false },
      { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    ];
    this.#attributes = [{ name: 'cell_clip', type: TF_ATTR_FLOAT, value: -1 }, ...this.#gradientAttributes];
  }

  forward(x: tf.Tensor3D, weights: tf.Tensor2D): LayerOutputs {
    const inputs = this.#inputs(x, weights);
    return this.#backend.executeMultipleOutputs('BlockLSTMV2', this.#attributes, inputs, layerOutputs) as LayerOutputs;
  }

  backward(x: tf.Tensor3D, weights: tf.Tensor2D, outputs: LayerOutputs, dHidden: tf.Tensor3D) {
    const inputs = [...this.#inputs(x, weights), ...outputs, tf.zerosLike(dHidden), dHidden];
    const gradients = this.#backend.executeMultipleOutputs(
      'BlockLSTMGradV2',
      this.#gradientAttributes,
      inputs,
      gradientOutputs,
    );
    const [dx, , , dKernel, , , , dBias] = gradients as [tf.Tensor3D, ...tf.Tensor[]];
    return { dx, dKernel: dKernel as tf.Tensor2D, dBias: dBias as tf.Tensor1D };
  }

  /** Number of steps, inputs, first cell and hidden state (0), matrix, three peepholes (unused), bias. */
  #inputs(x: tf.Tensor3D, weights: tf.Tensor2D) {
    const [steps, batch, features] = x.shape;
    const units = weights.shape[1] / 4;
    const start = tf.zeros([batch, units]);
    const peephole = tf.zeros([units]);
    const { kernel, bias } = theirRows(weights, features);
    return [this.#length(steps), x, start, start, kernel, peephole, peephole, peephole, bias];
  }

  #length(steps: number) {
    const known = this.#lengths.get(steps);
    if (known) return known;
    const made = int64Scalar(this.#backend, steps);
    this.#lengths.set(steps, made);
    return made;
  }
}

/** From our rows, recurrent U, kernel F, bias 1, to kernel F and recurrent U in one matrix and the bias beside it. */
function theirRows(weights: tf.Tensor2D, features: number) {
  const units = weights.shape[1] / 4;
  const [recurrent, kernel, bias] = tf.split(weights, [units, features, 1]) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return { kernel: tf.concat([kernel, recurrent]), bias: tf.reshape(bias, [4 * units]) };
}

/** The way back, for derivatives. */
function ourRows(dKernel: tf.Tensor2D, dBias: tf.Tensor1D, features: number): tf.Tensor2D {
  const [kernel, recurrent] = tf.split(dKernel, [features, dKernel.shape[0] - features]) as [tf.Tensor2D, tf.Tensor2D];
  return tf.concat([recurrent, kernel, tf.reshape(dBias, [1, -1])]);
}
