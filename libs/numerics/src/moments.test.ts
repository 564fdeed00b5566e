import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../test/relative-error.js';
import { integratedAutocorrelationTime } from './autocorrelation-time.js';
import { mean, standardDeviation } from './moments.js';
import { quantile, quantileOfSorted } from './quantile.js';

interface MomentsCase {
  name: string;
  values: number[];
  mean: number;
  standardDeviation: number;
  quantiles: { p: number; value: number }[];
  autocorrelationTime: number;
}

const { cases } = JSON.parse(readFileSync(new URL('../test/vectors/moments.json', import.meta.url), 'utf8')) as {
  cases: MomentsCase[];
};

describe.each(cases)('on $name values', (expected) => {
  const values = Float64Array.from(expected.values);

  it('mean() and standardDeviation() agree with NumPy', () => {
    // The scale of the values, not of the result, bounds the error: the mean of a sine may cancel.
    expect(Math.abs(mean(values) - expected.mean)).toBeLessThanOrEqual(1e-15 * Math.max(...values.map(Math.abs)));
    expect(relativeError(standardDeviation(values), expected.standardDeviation)).toBeLessThan(1e-12);
  });

  it('quantile() agrees with NumPy', () => {
    for (const { p, value } of expected.quantiles) {
      expect(Math.abs(quantile(values, p) - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value));
    }
  });

  it('integratedAutocorrelationTime() agrees with the plain sums', () => {
    expect(relativeError(integratedAutocorrelationTime(values), expected.autocorrelationTime)).toBeLessThan(1e-9);
  });
});

describe('standardDeviation()', () => {
  it('is exactly 0 for equal values whose mean is rounded', () => {
    expect(standardDeviation([0.1, 0.1, 0.1])).toBe(0);
    expect(standardDeviation([0.1, 0.1, 0.1000001])).toBeGreaterThan(0);
  });

  it('refuses an empty list, as mean() does', () => {
    expect(() => standardDeviation([])).toThrow(RangeError);
    expect(() => mean([])).toThrow('Cannot take the mean: there are 0 values; give at least 1');
  });
});

describe('quantile()', () => {
  it('leaves the order of its input as it was', () => {
    const values = [3, 1, 2];
    expect(quantile(values, 1)).toBe(3);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses an empty list and a share outside [0, 1]', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantileOfSorted([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.01)).toThrow('p is 1.01');
    expect(() => quantile([1], NaN)).toThrow('p is NaN');
  });
});
