import { describe, expect, it } from 'vitest';
import { kolmogorovSurvival } from './kolmogorov-distribution.js';
import { normal } from './normal.js';
import { createRng } from './rng.js';

/** Φ(x), by the series of Marsaglia (2004, J. Stat. Softw. 11(4)). */
function standardNormalDistribution(x: number): number {
  let [sum, term, previous] = [x, x, 0];
  for (let odd = 3; sum !== previous; odd += 2) {
    previous = sum;
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}

describe('normal()', () => {
  it('gives deviates that a one-sample Kolmogorov–Smirnov test takes for normal', () => {
    const rng = createRng(9);
    const sorted = Array.from({ length: 5000 }, () => normal(rng)).sort((a, b) => a - b);
    const distances = sorted.map((x, i) => Math.abs(standardNormalDistribution(x) - (i + 0.5) / sorted.length));
    expect(kolmogorovSurvival(Math.sqrt(sorted.length) * Math.max(...distances))).toBeGreaterThan(0.05);
  });

  it('is finite for the smallest and the largest uniform number', () => {
    expect(normal({ next: () => 0 })).toBeCloseTo(0, 12);
    expect(normal({ next: () => 1 - 2 ** -53 })).toBeCloseTo(8.57, 2);
  });
});
