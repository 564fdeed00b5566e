import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { populationStabilityIndex } from './population-stability-index.js';

const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 }).map((counts) => {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map((count) => count / total);
});

describe('populationStabilityIndex()', () => {
  it('is the sum worked out by hand', () => {
    // (0.2 − 0.5)·ln(0.2/0.5) + (0.8 − 0.5)·ln(0.8/0.5) = 0.3·ln 4
    expect(populationStabilityIndex([0.5, 0.5], [0.2, 0.8])).toBeCloseTo(0.3 * Math.log(4), 14);
  });

  it('is symmetric, finite and never negative, also with empty bins', () => {
    fc.assert(
      fc.property(shares, shares, (expected, actual) => {
        const index = populationStabilityIndex(expected, actual);
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThan(20);
        expect(populationStabilityIndex(actual, expected)).toBeCloseTo(index, 12);
        expect(populationStabilityIndex(expected, expected)).toBe(0);
      }),
    );
  });

  it('refuses different bins', () => {
    expect(() => populationStabilityIndex([1], [0.5, 0.5])).toThrow('1 and 2 bins');
  });
});
