import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../test/relative-error.js';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import { wassersteinDistance } from './wasserstein.js';

interface TwoSampleCase {
  name: string;
  a: number[];
  b: number[];
  statistic: number;
  limitP: number;
  wasserstein: number;
}

const { cases } = JSON.parse(readFileSync(new URL('../test/vectors/two-sample.json', import.meta.url), 'utf8')) as {
  cases: TwoSampleCase[];
};
const sample = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e3, max: 1e3, noNaN: true })), { minLength: 1 })
  .map((values) => Float64Array.from(values).sort());

/** Share of values at most x. */
function distribution(values: Float64Array, x: number): number {
  return values.filter((value) => value <= x).length / values.length;
}

describe.each(cases)('on $name', ({ a, b, statistic, limitP, wasserstein }) => {
  it('kolmogorovSmirnov() agrees with SciPy', () => {
    const result = kolmogorovSmirnov(a, b);
    expect(relativeError(result.statistic, statistic)).toBeLessThan(1e-12);
    if (limitP > 1e-300) expect(relativeError(result.pValue, limitP)).toBeLessThan(1e-9);
  });

  it('wassersteinDistance() agrees with SciPy', () => {
    expect(relativeError(wassersteinDistance(a, b), wasserstein)).toBeLessThan(1e-12);
  });
});

describe('kolmogorovSmirnov()', () => {
  it('finds the largest distance at the values of both samples', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const distances = [...a, ...b].map((x) => Math.abs(distribution(a, x) - distribution(b, x)));
        expect(kolmogorovSmirnov(a, b).statistic).toBeCloseTo(Math.max(...distances), 12);
      }),
    );
  });

  it('does not depend on which sample comes first', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(kolmogorovSmirnov(a, b, { a: 3, b: 5 }).statistic).toBe(kolmogorovSmirnov(b, a).statistic);
        expect(kolmogorovSmirnov(a, b).pValue).toBeCloseTo(kolmogorovSmirnov(b, a).pValue, 12);
      }),
    );
  });

  it('is less sure with fewer effective rows, at the same distance', () => {
    const [a, b] = [
      [1, 2, 3, 4, 5, 6],
      [3, 4, 5, 6, 7, 8],
    ];
    const plain = kolmogorovSmirnov(a, b);
    const dependent = kolmogorovSmirnov(a, b, { a: 2, b: 1.5 });
    expect(dependent.statistic).toBe(plain.statistic);
    expect(dependent.pValue).toBeGreaterThan(plain.pValue);
    expect(kolmogorovSmirnov(a, b, { a: 6, b: 6 })).toEqual(plain);
  });

  it('is 0 for equal constants and 1 for different ones', () => {
    expect(kolmogorovSmirnov([2, 2, 2], [2]).statistic).toBe(0);
    expect(kolmogorovSmirnov([2, 2, 2], [3]).statistic).toBe(1);
  });

  it('refuses an empty, an unsorted and a NaN sample, and sizes that are not positive', () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow('a sample has 0 values');
    expect(() => kolmogorovSmirnov([2, 1], [1])).toThrow('value 1 at 1 is out of order');
    expect(() => kolmogorovSmirnov([1], [1, NaN])).toThrow('value NaN at 1 is out of order');
    expect(() => kolmogorovSmirnov([1], [1], { a: 0, b: 1 })).toThrow('sizes are 0 and 1');
  });
});

describe('wassersteinDistance()', () => {
  it('is the length of a shift', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -50, max: 50 }), (a, shift) => {
        expect(
          wassersteinDistance(
            a,
            a.map((x) => x + shift),
          ),
        ).toBeCloseTo(Math.abs(shift), 9);
      }),
    );
  });

  it('obeys the triangle inequality', () => {
    fc.assert(
      fc.property(sample, sample, sample, (a, b, c) => {
        const detour = wassersteinDistance(a, b) + wassersteinDistance(b, c);
        expect(wassersteinDistance(a, c)).toBeLessThanOrEqual(detour + 1e-9);
      }),
    );
  });

  it('refuses an empty sample', () => {
    expect(() => wassersteinDistance([1], [])).toThrow(RangeError);
  });
});
