import { wasm, type WasmMemory } from './web-assembly.js';

/** Memory that kernels work on, with its allocator. A pointer is an offset in bytes. */
export interface KernelHeap {
  readonly memory: WasmMemory;
  /** @returns pointer to a free range, a multiple of 8 */
  allocate(bytes: number): number;
  free(pointer: number): void;
}

const pageBytes = 65536;

/**
 * A heap of a fixed size that only ever fills up: for work outside a backend that brings its own.
 *
 * @throws RangeError from `allocate` when it is full
 *
 * @example
 * ```ts
 * import { createHeap } from '@i-drill/kernels';
 * const heap = createHeap(1 << 20);
 * new Float32Array(heap.memory.buffer, heap.allocate(12), 3); // => new Float32Array(3)
 * ```
 */
export function createHeap(sizeBytes: number): KernelHeap {
  const memory = new wasm.Memory({ initial: Math.ceil(sizeBytes / pageBytes) });
  let end = 16; // 0 is the pointer to nothing
  return {
    memory,
    allocate(bytes) {
      const start = end;
      if (start + bytes > memory.buffer.byteLength) {
        throw new RangeError(`Cannot allocate ${bytes} bytes: ${memory.buffer.byteLength - start} are left`);
      }
      end = Math.ceil((start + bytes) / 16) * 16;
      return start;
    },
    free: () => undefined,
  };
}
