import { mean } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitRunFeatures, bitRunTarget } from './bit-run-features.js';
import type { BitRunOptions } from './bit-run.js';
import { simulateBitRun } from './simulate-bit-run.js';

const options: fc.Arbitrary<BitRunOptions> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  formation: fc.constantFrom('soft', 'mixed', 'hard'),
  shift: fc.constantFrom('none', 'abrasive-formation', 'torque-sensor-bias'),
  intervalMinutes: fc.constantFrom(10, 15, 30),
});
const few = { numRuns: 15 };

/** Least and greatest value a rig of this size can show, per column. */
const physicalRanges: readonly (readonly [number, number])[] = [
  [20, 190],
  [60, 200],
  [1400, 2900],
  [0.3, 90],
  [0.5, 40],
  [1, 35],
  [50, 40_000],
  [0.001, 5],
  [0.02, 15],
  [0, 250],
];

describe('simulateBitRun()', () => {
  it('gives the same run for the same options, bit for bit', () => {
    fc.assert(
      fc.property(options, (o) => {
        expect(simulateBitRun(o)).toEqual(simulateBitRun({ ...o }));
      }),
      few,
    );
  });

  it('gives another run for another seed', () => {
    expect(simulateBitRun({ seed: 1 }).features).not.toEqual(simulateBitRun({ seed: 2 }).features);
  });

  it('drills mixed rock in rows of 15 minutes unless told otherwise', () => {
    const spelledOut = { seed: 3, formation: 'mixed', intervalMinutes: 15, shift: 'none' } as const;
    expect(simulateBitRun({ seed: 3 })).toEqual(simulateBitRun(spelledOut));
  });

  it('lets wear rise in every row, from little to exactly 1 in the last row only', () => {
    fc.assert(
      fc.property(options, (o) => {
        const { wear } = simulateBitRun(o);
        expect(wear[0]!).toBeLessThan(0.2);
        expect(wear.at(-1)).toBe(1);
        wear.slice(1).forEach((value, i) => {
          expect(value).toBeGreaterThan(wear[i]!);
        });
      }),
      few,
    );
  });

  it('counts the remaining life down to 0 at the constant step of a row, and up to the life with hours on bit', () => {
    fc.assert(
      fc.property(options, (o) => {
        const { rows, features, remainingHours } = simulateBitRun(o);
        const step = o.intervalMinutes! / 60;
        expect(remainingHours.at(-1)).toBe(0);
        remainingHours.forEach((remaining, i) => {
          expect(remaining + features[i * bitRunFeatures.length + 9]!).toBeCloseTo(rows * step, 9);
          if (i > 0) expect(remainingHours[i - 1]! - remaining).toBeCloseTo(step, 9);
        });
      }),
      few,
    );
  });

  it('shows finite values in physical ranges only, in the declared shape', () => {
    expect(physicalRanges).toHaveLength(bitRunFeatures.length);
    fc.assert(
      fc.property(options, (o) => {
        const { rows, features, remainingHours, wear } = simulateBitRun(o);
        expect([features.length, remainingHours.length, wear.length]).toEqual([
          rows * physicalRanges.length,
          rows,
          rows,
        ]);
        const outside = features.findIndex((value, i) => {
          const [low, high] = physicalRanges[i % physicalRanges.length]!;
          return !(value >= low && value <= high);
        });
        expect(outside).toBe(-1);
      }),
      few,
    );
  });

  it('has a life that does not depend on the row interval, on average over bits', () => {
    const ratios = Array.from({ length: 30 }, (_, seed) => {
      const fine = simulateBitRun({ seed, intervalMinutes: 2 }).rows * 2;
      return (simulateBitRun({ seed, intervalMinutes: 15 }).rows * 15) / fine;
    });
    // A row of 15 minutes ends 6.5 minutes later on average than one of 2: 0.3 % of a life.
    expect(mean(ratios)).toBeGreaterThan(0.995);
    expect(mean(ratios)).toBeLessThan(1.01);
  });

  it('names a run after its formation, seed and shift', () => {
    expect(simulateBitRun({ seed: 7 }).unit).toBe('bit-mixed-7');
    const shifted = simulateBitRun({ seed: 7, formation: 'hard', shift: 'torque-sensor-bias' });
    expect(shifted.unit).toBe('bit-hard-7-torque-sensor-bias');
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 32])('refuses %s as a seed', (seed) => {
    expect(() => simulateBitRun({ seed })).toThrow(RangeError);
  });

  it.each([0, 0.5, 241, Number.NaN, Infinity])('refuses rows of %s minutes', (intervalMinutes) => {
    expect(() => simulateBitRun({ seed: 1, intervalMinutes })).toThrow(RangeError);
  });

  it('accepts rows of 1 and of 240 minutes', () => {
    expect(simulateBitRun({ seed: 1, formation: 'hard', intervalMinutes: 1 }).rows).toBeGreaterThan(500);
    expect(simulateBitRun({ seed: 1, intervalMinutes: 240 }).rows).toBeGreaterThan(1);
  });
});

describe('bitRunFeatures', () => {
  it('has unique names and a target that is not among them', () => {
    const names = [...bitRunFeatures, bitRunTarget].map((feature) => feature.name);
    expect(new Set(names).size).toBe(11);
  });
});
