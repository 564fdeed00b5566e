import * as tf from '@tensorflow/tfjs-core';
import { heapKernels, heapOutput, pointerTo } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/** `Tanh`, four numbers at a time; the kernel that comes with TensorFlow.js takes them singly. */
export function tanhOnHeap({ inputs, backend }: KernelCall): tf.TensorInfo | undefined {
  const x = inputs['x']!;
  if (x.dtype !== 'float32') return undefined;
  const output = heapOutput(backend, x.shape);
  const size = tf.util.sizeFromShape(x.shape);
  heapKernels(backend).tanh({ x: pointerTo(backend, x), y: pointerTo(backend, output), size });
  return output;
}
