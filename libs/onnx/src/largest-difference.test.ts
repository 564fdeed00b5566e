import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportTolerance, largestDifference } from './largest-difference.js';

describe('largestDifference()', () => {
  it('is the largest distance, whichever side is larger', () => {
    expect(largestDifference(Float32Array.of(1, 5, 2), Float32Array.of(1.5, 3, 2))).toBe(2);
    expect(largestDifference(Float32Array.of(-1), Float32Array.of(1))).toBe(2);
  });

  it('is infinite as soon as one value is NaN, on either side or on both', () => {
    const pairs = [[NaN, 1], [1, NaN], [NaN, NaN]] as const; // prettier-ignore
    for (const [a, b] of pairs) expect(largestDifference(Float32Array.of(0, a), Float32Array.of(0, b))).toBe(Infinity);
  });

  it('is infinite between infinity and a number, and 0 between equal infinities', () => {
    expect(largestDifference(Float32Array.of(Infinity), Float32Array.of(1))).toBe(Infinity);
    expect(largestDifference(Float32Array.of(-Infinity), Float32Array.of(Infinity))).toBe(Infinity);
    expect(largestDifference(Float32Array.of(Infinity), Float32Array.of(Infinity))).toBe(0);
  });

  it('is 0 for nothing, and refuses outputs of two lengths', () => {
    expect(largestDifference(new Float32Array(0), new Float32Array(0))).toBe(0);
    expect(() => largestDifference(new Float32Array(2), new Float32Array(3))).toThrow(
      new RangeError('Cannot compare 2 values with 3 values'),
    );
  });

  it('is a distance: symmetric, and 0 only between equal outputs', () => {
    const outputs = fc.float32Array({ minLength: 4, maxLength: 4, noNaN: true });
    fc.assert(
      fc.property(outputs, outputs, (a, b) => {
        expect(largestDifference(a, b)).toBe(largestDifference(b, a));
        expect(largestDifference(a, b) === 0).toBe(a.every((value, i) => value === b[i]));
        expect(largestDifference(a, a)).toBe(0);
      }),
    );
  });

  it('is held against the tolerance of the export', () => {
    expect(exportTolerance).toBe(1e-4);
  });
});
