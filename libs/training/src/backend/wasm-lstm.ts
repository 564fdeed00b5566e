import * as tf from '@tensorflow/tfjs-core';
import type { LstmKernel } from './lstm-kernel.js';
import { heapKernels, heapTensor, pointerTo, type HeapBackend } from './wasm-heap.js';

/** The LSTM layer in our own WebAssembly kernel, all steps at once in each direction. */
export const wasmLstm: LstmKernel = {
  forward(x, weights, keep) {
    const backend = tf.backend() as unknown as HeapBackend;
    const sizes = layerSizes(x, weights);
    const { steps, batch, units } = sizes;
    const [hidden, ...saved] = [units, ...(keep ? [4 * units, units] : [])].map((width) =>
      heapTensor(backend, [steps, batch, width]),
    ) as [tf.Tensor3D, ...tf.Tensor[]];
    const at = (tensor: tf.Tensor): number => pointerTo(backend, tensor);
    const layer = { ...sizes, x: at(x), weights: at(weights), hidden: at(hidden) };
    const [gates, cells] = saved;
    const kept = gates && cells ? { keep: { gates: at(gates), cells: at(cells) } } : {};
    heapKernels(backend).lstmForward({ ...layer, ...kept });
    return { hidden, saved };
  },
  backward({ x, weights, hidden, saved, dHidden, inputGradient }) {
    const backend = tf.backend() as unknown as HeapBackend;
    const [gates, cells] = saved as [tf.Tensor, tf.Tensor];
    const dWeights = heapTensor<tf.Tensor2D>(backend, weights.shape);
    const dx = inputGradient ? heapTensor<tf.Tensor3D>(backend, x.shape) : undefined;
    const at = (tensor: tf.Tensor): number => pointerTo(backend, tensor);
    heapKernels(backend).lstmBackward({
      ...layerSizes(x, weights),
      x: at(x),
      weights: at(weights),
      hidden: at(hidden),
      trace: { gates: at(gates), cells: at(cells) },
      dHidden: at(dHidden),
      dWeights: at(dWeights),
      ...(dx ? { dx: at(dx) } : {}),
    });
    return dx ? { dWeights, dx } : { dWeights };
  },
};

function layerSizes(x: tf.Tensor3D, weights: tf.Tensor2D) {
  const [steps, batch, features] = x.shape;
  return { steps, batch, features, units: weights.shape[1] / 4 };
}
