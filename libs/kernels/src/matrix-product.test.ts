import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapArrays, largestError, numbers } from '../test/heap-arrays.js';
import { plainProduct } from '../test/reference/matrix-product.js';

const product = fc.record({
  rows: fc.integer({ min: 1, max: 20 }),
  columns: fc.integer({ min: 1, max: 20 }),
  depth: fc.integer({ min: 0, max: 20 }),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  accumulate: fc.boolean(),
  batch: fc.integer({ min: 1, max: 3 }),
  shared: fc.constantFrom(undefined, 'a' as const, 'b' as const),
});

type Product = typeof product extends fc.Arbitrary<infer T> ? T : never;

function check({ shared, ...sizes }: Product): void {
  const { rows, columns, depth, batch, accumulate } = sizes;
  const a = numbers(rows * depth * (shared === 'a' ? 1 : batch), 1);
  const b = numbers(depth * columns * (shared === 'b' ? 1 : batch), 2);
  const before = numbers(batch * rows * columns, 3);
  const { kernels, put, take, requireIntact } = heapArrays();
  const c = put(accumulate ? before : before.fill(NaN));
  kernels.multiplyMatrices({ ...sizes, a: put(a), b: put(b), c, ...(shared ? { shared } : {}) });
  requireIntact();
  const expected = Array.from({ length: batch }, (_, i) => {
    const left = shared === 'a' ? a : a.subarray(i * rows * depth, (i + 1) * rows * depth);
    const right = shared === 'b' ? b : b.subarray(i * depth * columns, (i + 1) * depth * columns);
    return [...plainProduct({ ...sizes, a: left, b: right })];
  }).flat();
  const sums = accumulate ? expected.map((value, index) => value + before[index]!) : expected;
  expect(largestError(take(c, batch * rows * columns), sums)).toBeLessThan(1e-6);
}

describe('multiplyMatrices()', () => {
  it('gives the product of any sizes, transposed or not, added or not, in batches', () => {
    fc.assert(fc.property(product, check), { numRuns: 150 });
  });

  it.each([
    [63, 65, 255],
    [64, 64, 256],
    [65, 33, 257],
    [1, 100, 600],
    [130, 9, 513],
  ])('crosses the borders of its blocks: %i x %i x %i', (rows, columns, depth) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        check({ rows, columns, depth, transposeA, transposeB, accumulate: true, batch: 1, shared: undefined });
      }
    }
  });

  it('hands NaN on, to the row that has it', () => {
    const { kernels, put, room, take } = heapArrays();
    const c = room(4);
    kernels.multiplyMatrices({ a: put([NaN, 1, 1, 1]), b: put([1, 2, 3, 4]), c, rows: 2, columns: 2, depth: 2 });
    expect(take(c, 4)).toEqual([NaN, NaN, 4, 6]);
  });
});
