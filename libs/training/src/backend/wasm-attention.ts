import * as tf from '@tensorflow/tfjs-core';
import type { AttentionKernel } from './attention-kernel.js';
import { heapKernels, heapTensor, pointerTo, type HeapBackend } from './wasm-heap.js';

/** Self-attention in our own WebAssembly kernel: heads are read and written where they lie, nothing is transposed. */
export const wasmAttention: AttentionKernel = {
  forward(projected, heads) {
    const backend = tf.backend() as unknown as HeapBackend;
    const sizes = attentionSizes(projected, heads);
    const { steps, batch, size } = sizes;
    const output = heapTensor<tf.Tensor3D>(backend, [steps, batch, heads * size]);
    const shares = heapTensor<tf.Tensor4D>(backend, [batch, heads, steps, steps]);
    heapKernels(backend).attentionForward({
      ...sizes,
      projected: pointerTo(backend, projected),
      output: pointerTo(backend, output),
      shares: pointerTo(backend, shares),
    });
    return { output, saved: [projected, shares] };
  },
  backward(saved, dOutput, heads) {
    const [projected, shares] = saved as [tf.Tensor3D, tf.Tensor4D];
    const backend = tf.backend() as unknown as HeapBackend;
    const dProjected = heapTensor<tf.Tensor3D>(backend, projected.shape);
    heapKernels(backend).attentionBackward({
      ...attentionSizes(projected, heads),
      projected: pointerTo(backend, projected),
      shares: pointerTo(backend, shares),
      dOutput: pointerTo(backend, dOutput),
      dProjected: pointerTo(backend, dProjected),
    });
    return dProjected;
  },
};

function attentionSizes({ shape: [steps, batch, columns] }: tf.Tensor3D, heads: number) {
  return { steps, batch, heads, size: columns / 3 / heads };
}
