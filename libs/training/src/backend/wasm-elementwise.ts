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

/** `Maximum` of two tensors of the same shape; the kernel that comes with TensorFlow.js takes 12 ns for each number. */
export function maximumOnHeap({ inputs, backend }: KernelCall): tf.TensorInfo | undefined {
  const { a, b } = inputs as { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || !tf.util.arraysEqual(a.shape, b.shape)) return undefined;
  const output = heapOutput(backend, a.shape);
  const size = tf.util.sizeFromShape(a.shape);
  heapKernels(backend).maximum({ a: pointerTo(backend, a), b: pointerTo(backend, b), y: pointerTo(backend, output), size }); // prettier-ignore
  return output;
}
