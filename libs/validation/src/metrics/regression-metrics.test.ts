import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phmScore } from './phm-score.js';
import { regressionMetrics } from './regression-metrics.js';

const pairs = fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 })), {
  minLength: 2,
});

describe('regressionMetrics()', () => {
  it('agrees with a case worked out by hand', () => {
    // errors 1, -2, 0, 5; mean of the truth 5, squared deviations 16 + 1 + 1 + 16
    const metrics = regressionMetrics([1, 4, 6, 9], [2, 2, 6, 14]);
    expect(metrics.mae).toBe(2);
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(7.5), 12);
    expect(metrics.meanError).toBe(1);
    expect(metrics.r2).toBeCloseTo(1 - 30 / 34, 12);
  });

  it('has no r2 where the truth never changes, and nothing where there is nothing', () => {
    expect(regressionMetrics([5, 5], [5, 6])).toEqual({ mae: 0.5, rmse: Math.sqrt(0.5), r2: NaN, meanError: 0.5 });
    expect(Object.values(regressionMetrics([], []))).toEqual([NaN, NaN, NaN, NaN]);
  });

  it('gives no finite metric for a prediction that is not a number', () => {
    expect(Object.values(regressionMetrics([1, 2], [1, NaN])).filter(Number.isFinite)).toEqual([]);
  });

  it('holds |mean error| <= mae <= rmse, and r2 = 0 for the mean', () => {
    fc.assert(
      fc.property(pairs, (values) => {
        const actual = values.map(([a]) => a);
        const { mae, rmse, meanError } = regressionMetrics(
          actual,
          values.map(([, p]) => p),
        );
        expect(Math.abs(meanError)).toBeLessThanOrEqual(mae + 1e-9);
        expect(mae).toBeLessThanOrEqual(rmse + 1e-9);
        const center = actual.reduce((sum, value) => sum + value, 0) / actual.length;
        const { r2 } = regressionMetrics(
          actual,
          actual.map(() => center),
        );
        if (!Number.isNaN(r2)) expect(r2).toBeCloseTo(0, 9);
      }),
    );
  });

  it('refuses lists of different lengths', () => {
    expect(() => regressionMetrics([1, 2], [1])).toThrow(RangeError);
    expect(() => regressionMetrics([1, 2], [1])).toThrow('1 predictions for 2 values');
  });
});

describe('phmScore()', () => {
  it('agrees with the published formula', () => {
    // early by 13: e − 1; late by 10: e − 1; right: 0
    expect(phmScore([100, 100, 100], [87, 110, 100])).toBeCloseTo(2 * (Math.E - 1), 12);
    // e^(20/10) − 1 and e^(20/13) − 1, from Python's math.exp
    expect(phmScore([50], [70])).toBeCloseTo(6.38905609893065, 12);
    expect(phmScore([50], [30])).toBeCloseTo(3.657419495658906, 12);
  });

  it('costs more late than early by the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (off) => {
        expect(phmScore([0], [off])).toBeGreaterThan(phmScore([0], [-off]));
      }),
    );
  });

  it('gives no score for no predictions, and refuses other lengths', () => {
    expect(phmScore([], [])).toBeNaN();
    expect(() => phmScore([1], [])).toThrow(RangeError);
  });
});
