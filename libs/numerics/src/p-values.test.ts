import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../test/relative-error.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { kolmogorovSurvival } from './kolmogorov-distribution.js';

const vectors = JSON.parse(readFileSync(new URL('../test/vectors/p-values.json', import.meta.url), 'utf8')) as {
  kolmogorov: { z: number; survival: number }[];
  benjaminiHochberg: { pValues: number[]; adjusted: number[] }[];
  smallSamples: { n: number; distance: number; exact: number; scipyAsymptotic: number; limit: number }[];
};

describe('kolmogorovSurvival()', () => {
  it.each(vectors.kolmogorov)('agrees with scipy.stats.kstwobign.sf($z)', ({ z, survival }) => {
    if (survival > 1e-300) expect(relativeError(kolmogorovSurvival(z), survival)).toBeLessThan(1e-12);
    else expect(kolmogorovSurvival(z)).toBeLessThan(1e-297);
  });

  it('is 1 at and below 0, and NaN for NaN', () => {
    expect([0, -1].map(kolmogorovSurvival)).toEqual([1, 1]);
    expect(kolmogorovSurvival(NaN)).toBeNaN();
  });

  it('falls from 1 to 0 without a step where the two series meet', () => {
    expect(Math.abs(kolmogorovSurvival(1 - 1e-12) - kolmogorovSurvival(1))).toBeLessThan(1e-11);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (z, step) => {
          expect(kolmogorovSurvival(z + step)).toBeLessThanOrEqual(kolmogorovSurvival(z) + 1e-15);
        },
      ),
    );
  });

  it.each(vectors.smallSamples)(
    'stays above the exact p of two samples of $n at distance $distance, where the rounded form falls below it',
    ({ n, distance, exact, scipyAsymptotic, limit }) => {
      expect(relativeError(kolmogorovSurvival(Math.sqrt(n / 2) * distance), limit)).toBeLessThan(1e-9);
      expect(limit).toBeGreaterThan(exact);
      expect(scipyAsymptotic).toBeLessThan(exact);
    },
  );
});

describe('benjaminiHochberg()', () => {
  it.each(vectors.benjaminiHochberg)('agrees with scipy.stats.false_discovery_control on $pValues', (family) => {
    benjaminiHochberg(family.pValues).forEach((adjusted, i) => {
      expect(relativeError(adjusted, family.adjusted[i]!)).toBeLessThan(1e-12);
    });
  });

  it('keeps the order of the p-values and never lowers one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = benjaminiHochberg(pValues);
        pValues.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-15));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          pValues.forEach((q, j) => {
            if (p <= q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }),
    );
  });

  it('gives nothing for nothing', () => {
    expect(benjaminiHochberg([])).toEqual([]);
  });

  it('refuses what is no probability', () => {
    expect(() => benjaminiHochberg([0.5, NaN])).toThrow('one is NaN');
    expect(() => benjaminiHochberg([1.1])).toThrow('one is 1.1');
  });
});
