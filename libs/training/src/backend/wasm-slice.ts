import * as tf from '@tensorflow/tfjs-core';
import { strides } from './strided-axes.js';
import { copyOnHeap } from './wasm-copy.js';
import { heapOutput, pointerTo, type HeapBackend } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/**
 * `Slice` of float32. The kernel that comes with TensorFlow.js copies the whole input out of the heap before it takes the
 * part asked for, so that cutting a tensor into n parts costs n copies of it.
 */
export function sliceOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo | undefined {
  const x = inputs['x']!;
  if (x.dtype !== 'float32') return undefined;
  const asked = [attrs['begin'], attrs['size']] as [number[], number[]];
  const [begin, size] = tf.slice_util.parseSliceParams(x, ...asked) as [number[], number[]];
  return sliced(backend, x, { begin, size });
}

/** `SplitV` of float32: slices along one axis. */
export function splitOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo[] | undefined {
  const x = inputs['x']!;
  if (x.dtype !== 'float32') return undefined;
  const axis = tf.util.parseAxisParam(attrs['axis'] as number, x.shape)[0]!;
  const sizes = tf.backend_util.prepareSplitSize(x, attrs['numOrSizeSplits'] as number | number[], axis);
  const starts = sizes.map((_, part) => sizes.slice(0, part).reduce((sum, size) => sum + size, 0));
  const parts = sizes.map((size, part) => {
    const begin = x.shape.map((_, k) => (k === axis ? starts[part]! : 0));
    return sliced(backend, x, { begin, size: x.shape.with(axis, size) });
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

interface Range {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

function sliced(backend: HeapBackend, x: tf.TensorInfo, { begin, size }: Range): tf.TensorInfo | undefined {
  const [from, to] = [strides(x.shape), strides(size)];
  const start = begin.reduce((sum, index, axis) => sum + index * from[axis]!, 0);
  const axes = size.map((length, axis) => ({ size: length, from: from[axis]!, to: to[axis]! }));
  const output = heapOutput(backend, size);
  const ends = { x: pointerTo(backend, x) + 4 * start, y: pointerTo(backend, output) };
  if (copyOnHeap(backend, ends, axes)) return output;
  backend.disposeData(output.dataId);
  return undefined;
}
