import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from './largest-difference.js';

const floats = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 20 });
const pairs = fc
  .array(
    fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.float({ noNaN: true, noDefaultInfinity: true })),
  )
  .map((rows) => [Float32Array.from(rows, ([a]) => a), Float32Array.from(rows, ([, b]) => b)] as const);

describe('largestDifference()', () => {
  it('is the largest distance of two values at the same place', () => {
    expect(largestDifference(Float32Array.of(1, 5, 3), Float32Array.of(2, 1.5, 3))).toBe(3.5);
  });

  it.each([
    ['the first', Float32Array.of(Number.NaN, 1), Float32Array.of(0, 1)],
    ['the second', Float32Array.of(0, 1), Float32Array.of(0, Number.NaN)],
    ['both', Float32Array.of(Number.NaN), Float32Array.of(Number.NaN)],
  ])('is infinite where %s holds NaN', (_which, a, b) => {
    expect(largestDifference(a, b)).toBe(Number.POSITIVE_INFINITY);
  });

  it('stays infinite when a NaN is followed by numbers', () => {
    expect(largestDifference(Float32Array.of(Number.NaN, 0, 9), Float32Array.of(0, 0, 0))).toBe(Infinity);
  });

  it('is infinite for different lengths', () => {
    expect(largestDifference(Float32Array.of(1, 2), Float32Array.of(1))).toBe(Infinity);
    expect(largestDifference(Float32Array.of(), Float32Array.of())).toBe(0);
  });

  it('is symmetric, and no difference at any place exceeds it', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const largest = largestDifference(a, b);
        expect(largestDifference(b, a)).toBe(largest);
        const all = Array.from(a, (value, i) => Math.abs(value - b[i]!));
        expect(largest).toBe(Math.max(0, ...all));
      }),
    );
  });

  it('is 0 for a list and itself', () => {
    fc.assert(
      fc.property(floats, (values) => {
        expect(largestDifference(Float32Array.from(values), Float32Array.from(values))).toBe(0);
      }),
    );
  });
});
