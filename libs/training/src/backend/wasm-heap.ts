import { loadKernels, type Kernels } from '@i-drill/kernels';
import * as tf from '@tensorflow/tfjs-core';

/** What is used of the WebAssembly backend of TensorFlow.js beyond the public interface of a backend. */
export interface HeapBackend {
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  readonly wasm: {
    readonly asm: { readonly memory: { readonly buffer: ArrayBuffer } };
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
}

const kernelsOf = new WeakMap<HeapBackend, Kernels>();

/** Our kernels on the heap of a backend: they read and write its tensors where they lie. */
export function heapKernels(backend: HeapBackend): Kernels {
  const known = kernelsOf.get(backend);
  if (known) return known;
  const { wasm } = backend;
  const kernels = loadKernels({
    memory: wasm.asm.memory,
    allocate: (bytes) => wasm._malloc(bytes) >>> 0,
    free: (pointer) => {
      wasm._free(pointer);
    },
  });
  kernelsOf.set(backend, kernels);
  return kernels;
}

/** Where a tensor lies. It stays there when the heap grows; views of the heap do not. */
export function pointerTo(backend: HeapBackend, { dataId }: tf.TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** A new float32 tensor on the heap, with whatever was there before. */
export function heapOutput(backend: HeapBackend, shape: readonly number[]): tf.TensorInfo {
  return backend.makeOutput(shape, 'float32');
}

/** `heapOutput` as a tensor, for use outside the kernels of TensorFlow.js. */
export function heapTensor<T extends tf.Tensor>(backend: HeapBackend, shape: T['shape']): T {
  return tf.engine().makeTensorFromTensorInfo(heapOutput(backend, shape)) as T;
}
