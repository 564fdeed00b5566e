import { describe, expect, it } from 'vitest';
import { smallSampleLevel } from './small-sample-level.js';

describe('smallSampleLevel()', () => {
  it.each([
    // 2.776445, 2.262157, 2.009575: 97.5 % quantiles of Student's t with 4, 9 and 49 degrees, from tables.
    // Tails of √(n/(n − 1))·t: 3.104160 -> 0.000954, 2.384521 -> 0.008551, 2.029978 -> 0.021179 (Python's math.erfc).
    [5, 1 - 2 * 0.000954],
    [10, 1 - 2 * 0.008551],
    [50, 1 - 2 * 0.021179],
  ])('widens the interval over %i values', (count, expected) => {
    expect(Math.abs(smallSampleLevel(count) - expected)).toBeLessThan(1e-4);
  });

  it('comes to 95 % for many values', () => {
    expect(smallSampleLevel(1e6)).toBeCloseTo(0.95, 5);
  });
});
