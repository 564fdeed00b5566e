import * as tf from '@tensorflow/tfjs-core';
import { heapKernels, heapOutput, pointerTo } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/** `Sum` over neighbouring axes that are not the last; the kernel that comes with TensorFlow.js transposes x first. */
export function sumOnHeap(call: KernelCall): tf.TensorInfo | undefined {
  return columnSums(call, () => 1);
}

/** `Mean` likewise. */
export function meanOnHeap(call: KernelCall): tf.TensorInfo | undefined {
  return columnSums(call, (rows) => 1 / rows);
}

function columnSums(
  { inputs, attrs, backend }: KernelCall,
  scale: (rows: number) => number,
): tf.TensorInfo | undefined {
  const x = inputs['x']!;
  const { axis, keepDims } = attrs as { readonly axis: number | number[]; readonly keepDims: boolean };
  const axes = tf.util.parseAxisParam(axis, x.shape).toSorted((a, b) => a - b);
  const [first, last] = [axes[0], axes.at(-1)];
  if (x.dtype !== 'float32' || first === undefined || last === undefined) return undefined;
  if (last - first + 1 !== axes.length) return undefined;
  const [before, summed, after] = [x.shape.slice(0, first), x.shape.slice(first, last + 1), x.shape.slice(last + 1)];
  const [batch, rows, columns] = [before, summed, after].map((shape) => tf.util.sizeFromShape(shape)) as Sizes;
  if (columns === 1 || rows === 0) return undefined;
  const output = heapOutput(backend, [...before, ...(keepDims ? summed.map(() => 1) : []), ...after]);
  const [from, to] = [pointerTo(backend, x), pointerTo(backend, output)];
  heapKernels(backend).columnSums({ x: from, sums: to, batch, rows, columns, scale: scale(rows) });
  return output;
}

type Sizes = [batch: number, rows: number, columns: number];
