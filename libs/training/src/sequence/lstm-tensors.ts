import * as tf from '@tensorflow/tfjs-core';
import type { LstmLayerWeights, LstmWeights } from './lstm-weights.js';
import type { LstmTensors } from './lstm-network.js';

/** Copies weights onto the backend. The caller disposes them. */
export function toTensors(weights: LstmWeights): LstmTensors {
  const { kernel, bias } = weights.head;
  return [...weights.layers.map(layerToTensor), tf.tensor2d(kernel, [kernel.length, 1]), tf.tensor1d(bias)];
}

/** Copies weights from the backend. */
export function fromTensors(tensors: LstmTensors): LstmWeights {
  const values = tensors.map((tensor) => Float32Array.from(tensor.dataSync()));
  return {
    layers: tensors
      .slice(0, -2)
      .map((tensor, index) => layerFromMatrix(tensor.shape as [number, number], values[index]!)),
    head: { kernel: values.at(-2)!, bias: values.at(-1)! },
  };
}

function layerToTensor({ inputs, units, kernel, recurrent, bias }: LstmLayerWeights): tf.Tensor2D {
  const matrix = new Float32Array((units + inputs + 1) * 4 * units); // rows: recurrent, kernel, bias
  matrix.set(recurrent, 0);
  matrix.set(kernel, recurrent.length);
  matrix.set(bias, recurrent.length + kernel.length);
  return tf.tensor2d(matrix, [units + inputs + 1, 4 * units]);
}

function layerFromMatrix([rows, columns]: [number, number], matrix: Float32Array): LstmLayerWeights {
  const units = columns / 4;
  const recurrentLength = units * columns;
  const biasStart = (rows - 1) * columns;
  return {
    inputs: rows - units - 1,
    units,
    recurrent: matrix.slice(0, recurrentLength),
    kernel: matrix.slice(recurrentLength, biasStart),
    bias: matrix.slice(biasStart),
  };
}
