import { describe, expect, it } from 'vitest';
import { integratedAutocorrelationTime } from './autocorrelation-time.js';
import { effectiveSampleSize } from './effective-sample-size.js';
import { mean, standardDeviation } from './moments.js';
import { normal } from './normal.js';
import { createRng } from './rng.js';

/** A stationary first-order autoregression; its autocorrelation time is (1 + φ)/(1 − φ). */
function autoregression(rows: number, phi: number, seed: number): Float64Array {
  const rng = createRng(seed);
  let state = normal(rng);
  return Float64Array.from({ length: rows }, () => {
    const value = state;
    state = phi * state + Math.sqrt(1 - phi ** 2) * normal(rng);
    return value;
  });
}

describe('integratedAutocorrelationTime()', () => {
  it.each([
    [0, 1],
    [0.5, 3],
    [0.9, 19],
  ])('finds the time of an autoregression with φ = %d, which is %d', (phi, expected) => {
    const times = Array.from({ length: 20 }, (_, seed) =>
      integratedAutocorrelationTime(autoregression(4000, phi, seed)),
    );
    expect(mean(times) / expected).toBeGreaterThan(0.93);
    expect(mean(times) / expected).toBeLessThan(1.07);
  });

  it('predicts how far the mean of a dependent series scatters', () => {
    const runs = Array.from({ length: 200 }, (_, seed) => autoregression(1000, 0.8, seed));
    const time = mean(runs.map(integratedAutocorrelationTime));
    const predicted = Math.sqrt(time / 1000);
    expect(standardDeviation(runs.map(mean)) / predicted).toBeGreaterThan(0.85);
    expect(standardDeviation(runs.map(mean)) / predicted).toBeLessThan(1.15);
  });

  it('is 1 for a constant, a single value and a series that overshoots', () => {
    expect(integratedAutocorrelationTime(new Float64Array(50).fill(0.1))).toBe(1);
    expect(integratedAutocorrelationTime([4])).toBe(1);
    expect(integratedAutocorrelationTime([1, -1, 1, -1, 1])).toBe(1);
  });

  it('is the whole length on a straight line, which is one observation', () => {
    const line = Float64Array.from({ length: 400 }, (_, t) => t);
    expect(integratedAutocorrelationTime(line)).toBe(400);
    expect(effectiveSampleSize([line])).toBe(1);
  });

  it('makes up for the mean that is estimated from the same rows', () => {
    // The plain sum over the same lags averages 15.0 here; the truth is 19.
    const times = Array.from({ length: 200 }, (_, seed) =>
      integratedAutocorrelationTime(autoregression(200, 0.9, seed)),
    );
    expect(mean(times)).toBeGreaterThan(17);
    expect(mean(times)).toBeLessThan(25);
  });
});

describe('effectiveSampleSize()', () => {
  it('adds up the series, each by its own dependence', () => {
    const fast = autoregression(500, 0, 1);
    const slow = autoregression(500, 0.9, 2);
    const together = effectiveSampleSize([fast, slow]);
    expect(together).toBeCloseTo(effectiveSampleSize([fast]) + effectiveSampleSize([slow]), 9);
    expect(effectiveSampleSize([fast])).toBeGreaterThan(5 * effectiveSampleSize([slow]));
  });

  it('counts a constant series and a single row as one, an empty series as none', () => {
    expect(effectiveSampleSize([new Float64Array(1000).fill(3)])).toBe(1);
    expect(effectiveSampleSize([[2]])).toBe(1);
    expect(effectiveSampleSize([[], []])).toBe(0);
  });

  it('stays between 1 and the number of rows', () => {
    for (let seed = 0; seed < 30; seed++) {
      const series = autoregression(20 + seed, 0.99, seed);
      expect(effectiveSampleSize([series])).toBeGreaterThanOrEqual(1);
      expect(effectiveSampleSize([series])).toBeLessThanOrEqual(series.length);
    }
  });
});
