import * as tf from '@tensorflow/tfjs-core';
import { heapOutput } from './wasm-heap.js';
import type { KernelCall } from './wasm-kernel.js';

/**
 * `UnsortedSegmentSum`, which the WebAssembly backend lacks; the gradient of `tf.gather`. Row s of the result is the sum of
 * the rows of x whose id is s; rows with ids outside [0, segments) are left out.
 */
export function segmentSumOnHeap({ inputs, attrs, backend }: KernelCall): tf.TensorInfo {
  const { x, segmentIds } = inputs as { readonly x: tf.TensorInfo; readonly segmentIds: tf.TensorInfo };
  const segments = attrs['numSegments'] as number;
  const idAxes = segmentIds.shape.length;
  const output = heapOutput(backend, [segments, ...x.shape.slice(idAxes)]);
  const width = tf.util.sizeFromShape(x.shape.slice(idAxes));
  const [values, ids, sums] = [x, segmentIds, output].map((tensor) => backend.typedArrayFromHeap(tensor)) as Arrays;
  sums.fill(0);
  for (let row = 0; row < ids.length; row++) {
    const segment = ids[row]!;
    if (segment < 0 || segment >= segments) continue;
    for (let i = 0; i < width; i++) sums[segment * width + i]! += values[row * width + i]!;
  }
  return output;
}

type Arrays = [values: Float32Array, ids: Int32Array, sums: Float32Array];
