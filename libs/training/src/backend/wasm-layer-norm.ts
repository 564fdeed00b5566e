import * as tf from '@tensorflow/tfjs-core';
import type { LayerNormKernel } from './layer-norm-kernel.js';
import { heapKernels, heapTensor, pointerTo, type HeapBackend } from './wasm-heap.js';

/** Layer normalisation in our own WebAssembly kernel: each row is read once or twice, nothing but y is written. */
export const wasmLayerNorm: LayerNormKernel = {
  forward(x, { gain, shift, epsilon }) {
    const backend = tf.backend() as unknown as HeapBackend;
    const sizes = rowSizes(x, gain);
    const y = heapTensor(backend, x.shape);
    const moments = heapTensor<tf.Tensor2D>(backend, [sizes.rows, 2]);
    const at = (tensor: tf.Tensor): number => pointerTo(backend, tensor);
    const tensors = { x: at(x), gain: at(gain), shift: at(shift), y: at(y), moments: at(moments) };
    heapKernels(backend).layerNormForward({ ...sizes, ...tensors, epsilon });
    return { y, saved: [x, moments] };
  },
  backward(saved, gain, dy) {
    const [x, moments] = saved as [tf.Tensor, tf.Tensor2D];
    const backend = tf.backend() as unknown as HeapBackend;
    const dx = heapTensor(backend, x.shape);
    const [dGain, dShift] = [
      heapTensor<tf.Tensor1D>(backend, gain.shape),
      heapTensor<tf.Tensor1D>(backend, gain.shape),
    ];
    const at = (tensor: tf.Tensor): number => pointerTo(backend, tensor);
    const read = { x: at(x), gain: at(gain), moments: at(moments), dy: at(dy) };
    const written = { dx: at(dx), dGain: at(dGain), dShift: at(dShift) };
    heapKernels(backend).layerNormBackward({ ...rowSizes(x, gain), ...read, ...written });
    return [dx, dGain, dShift];
  },
};

function rowSizes(x: tf.Tensor, gain: tf.Tensor1D) {
  return { rows: x.size / gain.size, columns: gain.size };
}
