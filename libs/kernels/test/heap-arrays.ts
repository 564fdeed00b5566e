import { createHeap, loadKernels, type KernelBuild, type Kernels } from '../src/index.js';

/** Kernels on a heap of their own, and arrays on it. */
export interface HeapArrays {
  readonly kernels: Kernels;
  readonly put: (values: readonly number[] | Float32Array) => number;
  /** Room for numbers, filled with NaN: what is read before it was written shows. */
  readonly room: (size: number) => number;
  readonly take: (pointer: number, size: number) => number[];
  /** Throws if a kernel wrote beyond one of the arrays. */
  readonly requireIntact: () => void;
}

const guard = 4;

/** A heap of 2 MiB with the kernels. */
export function heapArrays(build: KernelBuild = 'simd'): HeapArrays {
  const heap = createHeap(1 << 21);
  const kernels = loadKernels(heap, build);
  const guards: number[] = [];
  const view = (pointer: number, size: number): Float32Array => new Float32Array(heap.memory.buffer, pointer, size);
  const place = (size: number): number => {
    const pointer = heap.allocate(4 * (size + guard));
    view(pointer + 4 * size, guard).fill(12345);
    guards.push(pointer + 4 * size);
    return pointer;
  };
  return {
    kernels,
    put(values) {
      const pointer = place(values.length);
      view(pointer, values.length).set(values);
      return pointer;
    },
    room(size) {
      const pointer = place(size);
      view(pointer, size).fill(NaN);
      return pointer;
    },
    take: (pointer, size) => Array.from(view(pointer, size)),
    requireIntact() {
      for (const pointer of guards) {
        if (view(pointer, guard).some((value) => value !== 12345)) throw new Error('A kernel wrote beyond its output');
      }
    },
  };
}

/** Numbers in (−range, range), the same for the same seed, in float32. */
export function numbers(size: number, seed: number, range = 1): Float32Array {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return range * (state / 2 ** 31 - 1);
  });
}

/** Largest difference, relative to the largest value (at least 1). */
export function largestError(actual: readonly number[], expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values instead of ${expected.length}`);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  return actual.reduce((worst, value, index) => {
    const difference = Math.abs(value - expected[index]!) / scale;
    return Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }, 0);
}
