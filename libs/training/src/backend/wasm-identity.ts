import type * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './wasm-kernel.js';

/**
 * `Identity`, what `clone` and `keep` are made of, as a second name for the same numbers, as `Reshape` has it. The kernel
 * that comes with TensorFlow.js copies them, so that every tensor kept for a gradient costs a copy.
 */
export function identityOnHeap({ inputs, backend }: KernelCall): tf.TensorInfo | undefined {
  const { dataId, shape, dtype } = inputs['x']!;
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}
