import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapArrays, largestError, numbers } from '../test/heap-arrays.js';

const size = fc.integer({ min: 1, max: 20 });

describe('tanh()', () => {
  it('is within a few units in the last place from −∞ to ∞', () => {
    const x = Float32Array.from([...Array.from({ length: 4001 }, (_, i) => (i - 2000) / 200), 1e-8, -1e-20, 0, 88, -1e30, Infinity, -Infinity]); // prettier-ignore
    const { kernels, put, room, take } = heapArrays();
    const y = room(x.length);
    kernels.tanh({ x: put(x), y, size: x.length });
    const worst = Math.max(...take(y, x.length).map((value, i) => Math.abs(value - Math.tanh(x[i]!)) / Math.max(Math.abs(Math.tanh(x[i]!)), 1e-30))); // prettier-ignore
    expect(worst).toBeLessThan(5e-7);
  });

  it('hands NaN on, in any place', () => {
    const { kernels, put, take } = heapArrays();
    const x = put([NaN, 0, 0, 0, 0, NaN]);
    kernels.tanh({ x, y: x, size: 6 });
    expect(take(x, 6)).toEqual([NaN, 0, 0, 0, 0, NaN]);
  });
});

describe('maximum()', () => {
  it('takes the larger of two, and NaN from either', () => {
    const { kernels, put, room, take, requireIntact } = heapArrays();
    const y = room(7);
    kernels.maximum({ a: put([1, -5, NaN, 0, 2, 3, NaN]), b: put([2, -6, 0, NaN, 2, -Infinity, 1]), y, size: 7 });
    requireIntact();
    expect(take(y, 7)).toEqual([2, -5, NaN, NaN, 2, 3, NaN]);
  });
});

describe('addBias()', () => {
  it('adds the bias to every row, and rectifies if asked', () => {
    fc.assert(
      fc.property(size, size, fc.boolean(), (rows, columns, relu) => {
        const [y, bias] = [numbers(rows * columns, 1), numbers(columns, 2)];
        const { kernels, put, take, requireIntact } = heapArrays();
        const at = put(y);
        kernels.addBias({ y: at, bias: put(bias), rows, columns, relu });
        requireIntact();
        const sums = y.map((value, index) => value + bias[index % columns]!);
        expect(take(at, y.length)).toEqual([...(relu ? sums.map((sum) => Math.max(sum, 0)) : sums)]);
      }),
    );
  });
});

describe('columnSums()', () => {
  it('sums over the middle axis, for any sizes', () => {
    const rowCount = fc.oneof(size, fc.integer({ min: 120, max: 300 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), rowCount, size, (batch, rows, columns) => {
        const x = numbers(batch * rows * columns, 1);
        const { kernels, put, room, take, requireIntact } = heapArrays();
        const sums = room(batch * columns);
        kernels.columnSums({ x: put(x), sums, batch, rows, columns, scale: 0.5 });
        requireIntact();
        const expected = new Float64Array(batch * columns);
        x.forEach((value, index) => {
          const image = Math.floor(index / (rows * columns));
          expected[image * columns + (index % columns)]! += value / 2;
        });
        expect(largestError(take(sums, batch * columns), expected)).toBeLessThan(5e-6); // up to 300 roundings
      }),
    );
  });
});

describe('transposeMatrices()', () => {
  it('transposes every matrix of a batch, for any sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), size, size, (batch, rows, columns) => {
        const x = Float32Array.from({ length: batch * rows * columns }, (_, index) => index);
        const { kernels, put, room, take, requireIntact } = heapArrays();
        const y = room(x.length);
        kernels.transposeMatrices({ x: put(x), y, batch, rows, columns });
        requireIntact();
        const expected = x.map((_, index) => {
          const [image, inside] = [Math.floor(index / (rows * columns)), index % (rows * columns)];
          return x[image * rows * columns + (inside % rows) * columns + Math.floor(inside / rows)]!;
        });
        expect(take(y, x.length)).toEqual([...expected]);
      }),
    );
  });
});

describe('copyBlocks()', () => {
  it.each([3, 8, 256, 301])('swaps two axes with runs of %i', (width) => {
    const [rows, columns] = [2, 3];
    const x = Float32Array.from({ length: rows * columns * width }, (_, index) => index);
    const { kernels, put, room, take, requireIntact } = heapArrays();
    const y = room(x.length);
    const from = [0, columns * width, width] as const;
    const to = [0, width, rows * width] as const;
    kernels.copyBlocks({ x: put(x), y, width, sizes: [1, rows, columns], from, to });
    requireIntact();
    const expected = x.map((_, index) => {
      const [column, row, i] = [Math.floor(index / (rows * width)), Math.floor(index / width) % rows, index % width];
      return x[(row * columns + column) * width + i]!;
    });
    expect(take(y, x.length)).toEqual([...expected]);
  });
});
