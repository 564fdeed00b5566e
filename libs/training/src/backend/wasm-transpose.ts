import type * as tf from '@tensorflow/tfjs-core';
import { strides } from './strided-axes.js';
import { copyOnHeap } from './wasm-copy.js';
import { heapOutput, pointerTo } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/** `Transpose` of float32, in runs of the last axis or in blocks of 4 x 4. */
export function transposeOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo | undefined {
  const x = inputs['x']!;
  const perm = attrs['perm'] as readonly number[];
  if (x.dtype !== 'float32') return undefined;
  const shape = perm.map((axis) => x.shape[axis]!);
  const [from, to] = [strides(x.shape), strides(shape)];
  const axes = perm.map((axis, position) => ({ size: shape[position]!, from: from[axis]!, to: to[position]! }));
  const output = heapOutput(backend, shape);
  if (copyOnHeap(backend, { x: pointerTo(backend, x), y: pointerTo(backend, output) }, axes)) return output;
  backend.disposeData(output.dataId);
  return undefined;
}
