import { describe, expect, it } from 'vitest';
import { compileKernels } from '../scripts/compile.js';
import { heapArrays, largestError, numbers } from '../test/heap-arrays.js';
import { plainProduct } from '../test/reference/matrix-product.js';
import { relaxedSimdBinary, simdBinary } from './kernel-binaries.js';
import { createHeap, loadKernels } from './index.js';
import { fromBase64, wasm } from './web-assembly.js';

describe('the compiled kernels', () => {
  it('are what their sources compile to', { timeout: 120_000 }, () => {
    expect(Buffer.from(compileKernels('simd')).toString('base64')).toBe(simdBinary);
    expect(Buffer.from(compileKernels('relaxed-simd')).toString('base64')).toBe(relaxedSimdBinary);
  });

  it('need nothing but a memory, and leave it as it is', () => {
    const memory = new wasm.Memory({ initial: 1 });
    new wasm.Instance(new wasm.Module(fromBase64(simdBinary)), { env: { memory } }); // any other import would throw
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
  });
});

describe('loadKernels()', () => {
  it('takes the build the processor is fastest with, which says the same up to rounding', () => {
    const [rows, columns, depth] = [9, 10, 50];
    const [a, b] = [numbers(rows * depth, 1), numbers(depth * columns, 2)];
    const products = (['simd', 'fastest'] as const).map((build) => {
      const { kernels, put, room, take } = heapArrays(build);
      const c = room(rows * columns);
      kernels.multiplyMatrices({ a: put(a), b: put(b), c, rows, columns, depth });
      return take(c, rows * columns);
    });
    const expected = plainProduct({ a, b, rows, columns, depth });
    for (const product of products) expect(largestError(product, expected)).toBeLessThan(1e-6);
  });

  it('gives its scratch memory back when a larger one is needed, and asks again after a refusal', () => {
    const heap = createHeap(1 << 24);
    const [allocated, freed] = [[] as number[], [] as number[]];
    let isFull = false;
    const kernels = loadKernels({
      memory: heap.memory,
      allocate(bytes) {
        if (isFull) throw new Error('full');
        const pointer = heap.allocate(bytes);
        allocated.push(pointer);
        return pointer;
      },
      free: (pointer) => freed.push(pointer),
    });
    const multiply = (columns: number): void => {
      kernels.multiplyMatrices({ a: 64, b: 64, c: 1 << 20, rows: 1, columns, depth: 1 });
    };
    multiply(8);
    multiply(8);
    expect(allocated).toHaveLength(1);
    isFull = true;
    expect(() => {
      multiply(80);
    }).toThrow('full');
    isFull = false;
    multiply(8);
    expect(allocated).toHaveLength(2);
    expect(freed).toEqual([allocated[0]]);
  });
});

describe('createHeap()', () => {
  it('hands out ranges that do not overlap, until it is full', () => {
    const heap = createHeap(65536);
    const [first, second] = [heap.allocate(20), heap.allocate(20)];
    expect(second - first).toBeGreaterThanOrEqual(20);
    expect(first).toBeGreaterThan(0);
    expect(() => heap.allocate(65536)).toThrow('Cannot allocate 65536 bytes');
    heap.free(first);
  });
});
