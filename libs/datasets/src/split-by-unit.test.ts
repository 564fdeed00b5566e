import type { SensorDataset } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOf } from './compose-dataset.js';
import { splitByUnit } from './split-by-unit.js';
import { segment, smallDataset } from './testing/small-dataset.js';

const units = (dataset: SensorDataset): string[] => dataset.segments.map(({ unit }) => unit);
const ten = smallDataset('abcdefghij'.split('').map((unit) => segment(unit, 2)));

describe('splitByUnit()', () => {
  it('never has a group in two parts and loses nothing', () => {
    const segments = fc.array(
      fc.record({ unit: fc.nat(9), rows: fc.integer({ min: 1, max: 4 }) }).map(({ unit, rows }) =>
        // Units 0 and 1, 2 and 3, … share a group in half of the cases.
        segment(`u${unit}`, rows, unit < 6 ? `g${Math.floor(unit / 2)}` : undefined),
      ),
      { minLength: 1, maxLength: 30 },
    );
    const share = fc.double({ min: 0, max: 0.35, noNaN: true });
    fc.assert(
      fc.property(
        segments,
        fc.record({ validationShare: share, testShare: share, calibrationShare: fc.constantFrom(0, 0.1) }),
        fc.nat(),
        (all, { validationShare, testShare, calibrationShare }, seed) => {
          fc.pre(new Set(all.map(groupOf)).size >= 7);
          const dataset = smallDataset(all);
          const calibration = { share: calibrationShare, minimum: 1 };
          const split = splitByUnit(dataset, { validationShare, testShare, calibration, rng: createRng(seed) });
          const calibrated = split.calibration?.segments ?? [];
          const parts = [...[split.train, split.validation, split.test].map((part) => part.segments), calibrated];
          const groups = parts.map((part) => [...new Set(part.map(groupOf))]);
          expect(new Set(groups.flat()).size).toBe(groups.flat().length);
          expect(new Set(parts.flat())).toEqual(new Set(all));
          expect(parts.flat()).toHaveLength(all.length);
          expect(parts[0]).not.toHaveLength(0);
          expect(parts[1]!.length > 0).toBe(validationShare > 0);
          expect(parts[2]!.length > 0).toBe(testShare > 0);
          expect(calibrated.length > 0).toBe(calibrationShare > 0);
        },
      ),
    );
  });

  it('takes the calibration part from what would be trained on, and leaves the other parts as they are', () => {
    const shares = { validationShare: 0.2, testShare: 0.3 };
    const without = splitByUnit(ten, { ...shares, rng: createRng(1) });
    const split = splitByUnit(ten, { ...shares, calibration: { share: 0.2, minimum: 2 }, rng: createRng(1) });
    expect(without).not.toHaveProperty('calibration');
    expect([split.test, split.validation]).toEqual([without.test, without.validation]);
    expect(units(split.calibration!)).toHaveLength(2);
    expect([...units(split.train), ...units(split.calibration!)].toSorted()).toEqual(units(without.train).toSorted());
    expect(split.calibration?.name).toContain('/calibration');
    expect(() => splitByUnit(ten, { ...shares, calibration: { share: 0.5, minimum: 2 }, rng: createRng(1) })).toThrow(
      '10 independent units are left to share out, at least 11 are needed',
    );
  });

  it('has no calibration part where that would have fewer groups than are needed', () => {
    const shares = { validationShare: 0.2, testShare: 0.2 };
    const without = splitByUnit(ten, { ...shares, rng: createRng(1) });
    const calibration = { share: 0.2, minimum: 3 };
    expect(splitByUnit(ten, { ...shares, calibration, rng: createRng(1) })).toEqual(without);
    const named = { ...shares, test: ['a', 'b', 'c', 'd'], rng: createRng(1) };
    const six = splitByUnit(ten, { ...named, calibration: { share: 0.34, minimum: 2 } }); // of the six that are left
    expect(six.calibration?.segments).toHaveLength(2);
  });

  it('gives each part its share', () => {
    const split = splitByUnit(ten, { validationShare: 0.2, testShare: 0.3, rng: createRng(1) });
    expect([split.train, split.validation, split.test].map((part) => part.segments.length)).toEqual([5, 2, 3]);
  });

  it('splits the same way with the same seed, in whatever order the segments come', () => {
    const options = { validationShare: 0.3, testShare: 0.3 };
    const split = splitByUnit(ten, { ...options, rng: createRng(3) });
    const again = splitByUnit(smallDataset([...ten.segments].reverse()), { ...options, rng: createRng(3) });
    expect(units(again.test).reverse()).toEqual(units(split.test));
    expect(units(again.validation).reverse()).toEqual(units(split.validation));
    const other = splitByUnit(ten, { ...options, rng: createRng(4) });
    expect(units(other.test)).not.toEqual(units(split.test));
  });

  it('names the parts and gives each its own fingerprint', () => {
    const split = splitByUnit(ten, { validationShare: 0.2, testShare: 0.2, rng: createRng(1) });
    const parts = [split.train, split.validation, split.test];
    expect(parts.map((part) => part.name)).toEqual(['small/train', 'small/validation', 'small/test']);
    expect(new Set(parts.map((part) => part.fingerprint)).size).toBe(3);
  });

  it('tests on the named units and on those of their group, and on no other', () => {
    const dataset = smallDataset([
      segment('F-5', 2),
      segment('F-7', 2, 'x'),
      segment('F-9', 2, 'x'),
      segment('F-15', 2),
    ]);
    const split = splitByUnit(dataset, { validationShare: 0.25, testShare: 0.9, rng: createRng(1), test: ['F-9'] });
    expect(units(split.test)).toEqual(['F-7', 'F-9']);
    expect(split.validation.segments).toHaveLength(1);
    expect(split.train.segments).toHaveLength(1);
  });

  it('refuses too few groups, and takes as many as are needed', () => {
    const options = { validationShare: 0.2, testShare: 0.2 };
    const paired = smallDataset([segment('a', 2, 'x'), segment('b', 2, 'x'), segment('c', 2)]);
    expect(() => splitByUnit(paired, { ...options, rng: createRng(1) })).toThrow(
      expect.objectContaining({
        code: 'DATASET_TOO_FEW_UNITS',
        message:
          'Cannot split "small": 2 independent units are left to share out, at least 3 are needed; give more units or smaller shares',
      }),
    );
    const three = smallDataset([segment('a', 2), segment('b', 2), segment('c', 2)]);
    expect(splitByUnit(three, { ...options, rng: createRng(1) }).train.segments).toHaveLength(1);
    expect(() => splitByUnit(three, { ...options, rng: createRng(1), test: ['a', 'b', 'c'] })).toThrow(
      expect.objectContaining({ code: 'DATASET_TOO_FEW_UNITS' }),
    );
  });

  it('refuses a test unit that is not there', () => {
    expect(() => splitByUnit(ten, { validationShare: 0.2, testShare: 0, rng: createRng(1), test: ['k'] })).toThrow(
      expect.objectContaining({ code: 'DATASET_UNKNOWN_SUBSET', details: expect.objectContaining({ unknown: ['k'] }) }),
    );
  });

  it('refuses a share that is none', () => {
    for (const share of [-0.1, 1, NaN]) {
      expect(() => splitByUnit(ten, { validationShare: share, testShare: 0, rng: createRng(1) })).toThrow(RangeError);
    }
  });
});
