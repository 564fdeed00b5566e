import { createRng } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformalQuantile, unitsNeeded } from './conformal-quantile.js';

const scoresOf = (size: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: size, maxLength: 40 });
const coverages = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
const ownUnits = (scores: readonly number[]): number[] => scores.map((_, i) => i);

describe('conformalQuantile()', () => {
  it('is the ceil((n + 1)·coverage)-th smallest score where every unit has one', () => {
    fc.assert(
      fc.property(scoresOf(1), coverages, (scores, coverage) => {
        const rank = Math.ceil((scores.length + 1) * coverage - 1e-9);
        const expected = scores.toSorted((a, b) => a - b)[rank - 1] ?? Infinity;
        expect(conformalQuantile({ scores, unitOf: ownUnits(scores) }, coverage)).toBe(expected);
      }),
    );
  });

  it('does not change when every unit repeats its windows', () => {
    fc.assert(
      fc.property(scoresOf(2), fc.integer({ min: 2, max: 5 }), coverages, (scores, times, coverage) => {
        const once = { scores, unitOf: ownUnits(scores) };
        const repeated = {
          scores: scores.flatMap((score) => Array.from({ length: times }, () => score)),
          unitOf: ownUnits(scores).flatMap((unit) => Array.from({ length: times }, () => unit)),
        };
        expect(conformalQuantile(repeated, coverage)).toBe(conformalQuantile(once, coverage));
      }),
    );
  });

  it('counts a long unit as one: a thousand large scores of one unit among ten do not move the median', () => {
    const long = Array.from({ length: 1000 }, () => 99);
    const short = Array.from({ length: 9 }, (_, i) => i + 1);
    const sample = { scores: [...long, ...short], unitOf: [...long.map(() => 0), ...short.map((_, i) => i + 1)] };
    expect(conformalQuantile(sample, 0.5)).toBe(6);
  });

  it('never falls as the coverage grows, and scales with the scores', () => {
    fc.assert(
      fc.property(scoresOf(1), coverages, coverages, (scores, a, b) => {
        const sample = { scores, unitOf: scores.map((_, i) => i % 3) };
        const doubled = { ...sample, scores: scores.map((score) => 2 * score) };
        expect(conformalQuantile(sample, Math.max(a, b))).toBeGreaterThanOrEqual(
          conformalQuantile(sample, Math.min(a, b)),
        );
        expect(conformalQuantile(doubled, a)).toBe(2 * conformalQuantile(sample, a));
      }),
    );
  });

  it('sets no mass aside where the guarantee is asymptotic', () => {
    const sample = { scores: [1, 2, 3, 4], unitOf: [0, 1, 2, 3] };
    expect(conformalQuantile(sample, 0.9)).toBe(Infinity);
    expect(conformalQuantile(sample, 0.9, 'asymptotic')).toBe(4);
    expect(conformalQuantile(sample, 0.75, 'asymptotic')).toBe(3);
  });

  it('covers a new unit as often as it says, whatever units have in common', () => {
    const repetitions = 3000;
    for (const unitShare of [0, 0.5, 1]) {
      const hits = hitsOfNewUnit({ unitShare, units: 29, repetitions, seed: 7 });
      const deviation = Math.sqrt(0.9 * 0.1 * repetitions);
      expect(hits, `unit share ${unitShare}`).toBeGreaterThan(0.9 * repetitions - 4 * deviation);
      expect(hits, `unit share ${unitShare}`).toBeLessThan((0.9 + 1 / 30) * repetitions + 4 * deviation);
    }
  });
});

/** How often a random window of a new unit scores within the quantile; a share of each error is common to its unit. */
function hitsOfNewUnit(options: {
  readonly unitShare: number;
  readonly units: number;
  readonly repetitions: number;
  readonly seed: number;
}): number {
  const { unitShare, units, repetitions, seed } = options;
  const rng = createRng(seed);
  const scoresOfUnit = (): number[] => {
    const effect = rng.next();
    const windows = 1 + Math.floor(12 * rng.next());
    return Array.from({ length: windows }, () => unitShare * effect + (1 - unitShare) * rng.next());
  };
  let hits = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const calibration = Array.from({ length: units }, scoresOfUnit);
    const sample = {
      scores: calibration.flat(),
      unitOf: calibration.flatMap((scores, unit) => scores.map(() => unit)),
    };
    const fresh = scoresOfUnit();
    if (fresh[Math.floor(fresh.length * rng.next())]! <= conformalQuantile(sample, 0.9)) hits++;
  }
  return hits;
}

describe('unitsNeeded()', () => {
  it('is the least number of units with a finite quantile', () => {
    expect([0.5, 0.8, 0.9, 0.95, 0.99].map(unitsNeeded)).toEqual([1, 4, 9, 19, 99]);
    for (const coverage of [0.5, 0.8, 0.9, 0.95]) {
      const units = unitsNeeded(coverage);
      const scores = Array.from({ length: units }, (_, i) => i);
      expect(conformalQuantile({ scores, unitOf: scores }, coverage)).toBeLessThan(Infinity);
      const fewer = scores.slice(1);
      expect(conformalQuantile({ scores: fewer, unitOf: fewer }, coverage)).toBe(Infinity);
    }
  });
});
