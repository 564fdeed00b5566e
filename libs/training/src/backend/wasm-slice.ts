import * as tf from '@tensorflow/tfjs-core';

/** What is used of the WebAssembly backend beyond the public interface of a backend. */
interface HeapBackend {
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

interface SliceCall {
  readonly inputs: { readonly x: tf.Tensor };
  readonly attrs: { readonly begin: number[]; readonly size: number[] };
  readonly backend: unknown;
}

type SliceKernel = (call: SliceCall) => tf.TensorInfo;

const replaced = new WeakSet<SliceKernel>();

/**
 * Replaces the `Slice` kernel of the WebAssembly backend for numbers. The one that comes with 4.22.0 copies the whole
 * input out of the heap before it takes the part asked for, so that cutting a tensor into n parts costs n copies of it.
 * This one copies rows inside the heap.
 */
export function installWasmSlice(): void {
  const original = tf.getKernel('Slice', 'wasm');
  if (replaced.has(original.kernelFunc as unknown as SliceKernel)) return;
  const kernel: SliceKernel = (call) => sliceOnHeap(call, original.kernelFunc as unknown as SliceKernel);
  replaced.add(kernel);
  tf.unregisterKernel('Slice', 'wasm');
  tf.registerKernel({ ...original, kernelFunc: kernel as unknown as tf.KernelFunc });
}

function sliceOnHeap(call: SliceCall, original: SliceKernel): tf.TensorInfo {
  const { x } = call.inputs;
  if (x.dtype !== 'float32' || x.shape.length === 0) return original(call);
  const [begin, size] = tf.slice_util.parseSliceParams(x, call.attrs.begin, call.attrs.size) as [number[], number[]];
  const backend = call.backend as HeapBackend;
  const output = backend.makeOutput(size, x.dtype);
  if (tf.util.sizeFromShape(size) > 0) copyRows(backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(output), { shape: x.shape, begin, size }); // prettier-ignore
  return output;
}

interface SliceRange {
  readonly shape: readonly number[];
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

/** A row is what lies contiguously in both: the last sliced dimension with all whole dimensions after it. */
function copyRows(from: Float32Array, to: Float32Array, { shape, begin, size }: SliceRange): void {
  let last = shape.length - 1;
  while (last > 0 && size[last] === shape[last]) last--;
  const strides = shape.map((_, axis) => tf.util.sizeFromShape(shape.slice(axis + 1)));
  const rowLength = size[last]! * strides[last]!;
  const index = begin.slice(0, last);
  const heap = new Float32Array(from.buffer);
  const fromStart = from.byteOffset / 4 + begin[last]! * strides[last]!;
  let target = to.byteOffset / 4;
  const end = target + to.length;
  while (target < end) {
    const source = fromStart + index.reduce((sum, position, axis) => sum + position * strides[axis]!, 0);
    heap.copyWithin(target, source, source + rowLength);
    target += rowLength;
    advance(index, begin, size);
  }
}

/** Moves a multi-index on by one, last dimension first. */
function advance(index: number[], begin: readonly number[], size: readonly number[]): void {
  for (let axis = index.length - 1; axis >= 0; axis--) {
    index[axis]!++;
    if (index[axis]! < begin[axis]! + size[axis]!) return;
    index[axis] = begin[axis]!;
  }
}
