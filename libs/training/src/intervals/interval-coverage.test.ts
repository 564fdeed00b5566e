import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { intervalCoverage } from './interval-coverage.js';

describe('intervalCoverage()', () => {
  it('counts units alike, however long they are, and ends as inside', () => {
    const { coverage, width, units, windows } = intervalCoverage({
      lower: [0, 0, 0, 0, 5],
      upper: [10, 10, 10, 10, 9],
      targets: [0, 10, 5, 5, 12],
      unitOf: [3, 3, 3, 3, 8],
    });
    expect({ coverage, width, units, windows }).toEqual({ coverage: 0.5, width: 7, units: 2, windows: 5 });
  });

  it("gives Wilson's interval for one window per unit: 18 of 20", () => {
    const targets = Array.from({ length: 20 }, (_, i) => (i < 18 ? 0 : 9));
    const ends = targets.map(() => 1);
    const { confidence } = intervalCoverage({
      lower: ends.map(() => -1),
      upper: ends,
      targets,
      unitOf: [...targets.keys()],
    });
    // Wilson (1927) with n = 20: [0.699, 0.972]
    expect(confidence.low).toBeCloseTo(0.699, 2);
    expect(confidence.high).toBeCloseTo(0.972, 2);
  });

  it('stays uncertain where every unit was covered', () => {
    const ones = [1, 1, 1, 1, 1];
    const sample = { lower: ones, upper: ones, targets: ones, unitOf: [...ones.keys()] };
    expect(intervalCoverage(sample)).toMatchObject({ coverage: 1, width: 0, confidence: { high: 1 } });
    expect(intervalCoverage(sample).confidence.low).toBeCloseTo(0.5655, 3); // 1 / (1 + z²/n)
  });

  it('holds the true coverage in about 95 % of samples of units that share much', () => {
    const rng = createRng(11);
    let held = 0;
    const repetitions = 400;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const { low, high } = clusteredSample(rng).confidence;
      if (low <= 0.9 && 0.9 <= high) held++;
    }
    expect(held / repetitions).toBeGreaterThan(0.9);
    expect(held / repetitions).toBeLessThan(0.99);
  });

  it('refuses what it cannot measure', () => {
    const none = { lower: [], upper: [], targets: [], unitOf: [] };
    expect(() => intervalCoverage(none)).toThrow('hold 0, 0, 0, 0 values');
    expect(() => intervalCoverage({ ...none, targets: [1] })).toThrow('hold 0, 0, 1, 0 values');
  });
});

/** 40 units of 10 windows; a unit is covered with probability 0.8 or 1, half and half, so that the mean is 0.9. */
function clusteredSample(rng: { next(): number }): ReturnType<typeof intervalCoverage> {
  const unitOf = Array.from({ length: 400 }, (_, i) => Math.floor(i / 10));
  const shareOf = Array.from({ length: 40 }, () => (rng.next() < 0.5 ? 0.8 : 1));
  const targets = unitOf.map((unit) => (rng.next() < shareOf[unit]! ? 0 : 9));
  return intervalCoverage({ lower: unitOf.map(() => -1), upper: unitOf.map(() => 1), targets, unitOf });
}
