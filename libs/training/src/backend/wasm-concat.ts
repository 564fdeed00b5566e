import * as tf from '@tensorflow/tfjs-core';
import { copyOnHeap } from './wasm-copy.js';
import { heapOutput, pointerTo } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/** `Concat` of float32. The kernel that comes with TensorFlow.js copies row by row from JavaScript. */
export function concatOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo | undefined {
  const parts = Object.values(inputs);
  const [first] = parts;
  if (!first || parts.some(({ dtype }) => dtype !== 'float32')) return undefined;
  const axis = tf.util.parseAxisParam(attrs['axis'] as number, first.shape)[0]!;
  const shapes = parts.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  const output = heapOutput(backend, shape);
  const rows = tf.util.sizeFromShape(shape.slice(0, axis));
  const rowLength = tf.util.sizeFromShape(shape.slice(axis));
  let y = pointerTo(backend, output);
  for (const part of parts) {
    const width = tf.util.sizeFromShape(part.shape.slice(axis));
    const axes = [
      { size: rows, from: width, to: rowLength },
      { size: width, from: 1, to: 1 },
    ];
    copyOnHeap(backend, { x: pointerTo(backend, part), y }, axes);
    y += 4 * width;
  }
  return output;
}
