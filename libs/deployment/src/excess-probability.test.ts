import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excessOverOther, excessOverRate } from './excess-probability.js';

interface Counts {
  readonly errors: number;
  readonly requests: number;
}

interface Vectors {
  readonly rate: readonly (Counts & { readonly rate: number; readonly probability: number })[];
  readonly arms: readonly { readonly arm: Counts; readonly other: Counts; readonly probability: number }[];
}

const path = new URL('../test/vectors/excess-probability.json', import.meta.url);
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vectors;

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain((requests) => fc.record({ requests: fc.constant(requests), errors: fc.integer({ min: 0, max: requests }) }));

describe('excessOverRate()', () => {
  it('is the probability of two failures of two, by hand', () => {
    expect(excessOverRate(2, 2, 0.1)).toBeCloseTo(0.01, 12);
  });

  it.each(vectors.rate)(
    'agrees with SciPy for $errors of $requests at $rate',
    ({ errors, requests, rate, probability }) => {
      expect(Math.abs(excessOverRate(errors, requests, rate) / probability - 1)).toBeLessThan(1e-9);
    },
  );

  it('is 1 without an excess, and 0 for any failure where none may be', () => {
    expect(excessOverRate(5, 100, 0.05)).toBe(1);
    expect(excessOverRate(0, 0, 0)).toBe(1);
    expect(excessOverRate(1, 1000, 0)).toBe(0);
  });

  it('never rises with one failure more', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.001, max: 0.999, noNaN: true }), ({ errors, requests }, rate) => {
        fc.pre(errors < requests);
        const slack = 1 + 1e-9;
        const one = excessOverRate(errors, requests, rate);
        expect(excessOverRate(errors + 1, requests, rate)).toBeLessThanOrEqual(one * slack);
      }),
    );
  });
});

describe('excessOverOther()', () => {
  it('is one half when the only failure of two equal arms is the candidate, by hand', () => {
    expect(excessOverOther({ errors: 1, requests: 10 }, { errors: 0, requests: 10 })).toBeCloseTo(0.5, 12);
  });

  it.each(vectors.arms)('agrees with SciPy for $arm against $other', ({ arm, other, probability }) => {
    expect(Math.abs(excessOverOther(arm, other) / probability - 1)).toBeLessThan(1e-9);
  });

  it('lies in (0, 1], and is 1 for the arm with the lower rate', () => {
    fc.assert(
      fc.property(counts, counts, (arm, other) => {
        const probability = excessOverOther(arm, other);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        if (arm.errors * other.requests <= other.errors * arm.requests) expect(probability).toBe(1);
      }),
    );
  });
});
