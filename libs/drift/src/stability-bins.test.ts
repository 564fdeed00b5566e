import { describe, expect, it } from 'vitest';
import { stabilityIndex } from './stability-bins.js';

const hundred = Array.from({ length: 100 }, (_, i) => i);

describe('stabilityIndex()', () => {
  it('is 0 for the reference itself', () => {
    expect(stabilityIndex(hundred, hundred)).toBe(0);
  });

  it('is the sum over deciles of the reference, worked out by hand', () => {
    // The current values fill the upper five bins evenly: 5 bins 0.1 → 0.2, 5 bins 0.1 → 0 (counted as 0.0001).
    const upper = hundred.slice(50);
    const expected = 5 * 0.1 * Math.log(2) + 5 * (0.0001 - 0.1) * Math.log(0.001);
    expect(stabilityIndex(hundred, upper)).toBeCloseTo(expected, 10);
  });

  it('joins equal deciles of a column with few values', () => {
    // Deciles 0 and 1: bins (−∞, 0], (0, 1], (1, ∞).
    const expected = (0.2 - 0.5) * Math.log(0.2 / 0.5) + (0.8 - 0.5) * Math.log(0.8 / 0.5);
    expect(stabilityIndex([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1])).toBeGreaterThan(0);
    expect(stabilityIndex([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1])).toBeLessThan(expected + 1);
  });
});
