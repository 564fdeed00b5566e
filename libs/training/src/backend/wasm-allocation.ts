import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from '../errors.js';
import type { HeapBackend } from './wasm-heap.js';

const checked = new WeakSet<HeapBackend['wasm']>();

/**
 * Makes the allocator of the WebAssembly backend throw when the heap is full (4 GiB at most). It answers with 0, TensorFlow.js
 * does not look, and so the next tensor would be written over whatever lies at the beginning of the heap.
 */
export function checkAllocations(): void {
  const { wasm } = tf.backend() as unknown as HeapBackend;
  if (checked.has(wasm)) return;
  checked.add(wasm);
  wasm._free(wasm._malloc(1)); // the first call replaces `_malloc` by the function of the module
  const allocate = wasm._malloc.bind(wasm);
  wasm._malloc = (bytes) => {
    const pointer = allocate(bytes);
    if (pointer === 0 && bytes > 0) throw fullHeap(bytes);
    return pointer;
  };
}

function fullHeap(bytes: number): TrainingError {
  return new TrainingError(`Cannot allocate ${bytes} bytes: the WebAssembly heap is full; use a smaller batch`, {
    code: 'TRAINING_OUT_OF_MEMORY',
    details: { bytes },
  });
}
