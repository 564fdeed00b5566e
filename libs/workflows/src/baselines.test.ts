import type { SensorDataset } from '@i-drill/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trivialBaseline } from './baselines.js';
import { bitRun, bitRuns, ropRuns } from './testing/small-data.js';

describe('trivialBaseline() of remaining life', () => {
  // lives of 5 and 9 rows begin at 4 and 8 hours: the mean life is 6 hours, one hour passes per row
  const train = bitRuns('train', [5, 9]);
  const unseen = bitRun('new', 12);

  it('is the mean life of the training units minus the age', () => {
    const { name, predict } = trivialBaseline(train);
    expect(name).toBe('mean-life');
    expect([0, 1, 5, 6].map((row) => predict(unseen, row))).toEqual([6, 5, 1, 0]);
  });

  it('never promises less than nothing', () => {
    expect(trivialBaseline(train).predict(unseen, 11)).toBe(0);
  });

  it('is cut at the label cap', () => {
    const { predict } = trivialBaseline(train, 3.5);
    expect([0, 2, 3].map((row) => predict(unseen, row))).toEqual([3.5, 3.5, 3]);
  });

  it('measures how much life passes per row, and leaves units of one row out of that', () => {
    const halfHours = bitRun('half', 5);
    const segments = [{ ...halfHours, target: halfHours.target.map((hours) => hours / 2) }, bitRun('single', 1)];
    const { predict } = trivialBaseline({ ...train, segments }); // lives 2 h and 0 h, 0.5 h per row
    expect([0, 1, 2].map((row) => predict(unseen, row))).toEqual([1, 0.5, 0]);
  });

  it('never rises with age and stays between 0 and the cap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (lives, cap) => {
          const { predict } = trivialBaseline(bitRuns('train', lives), cap);
          const answers = Array.from({ length: 60 }, (_, row) => predict(unseen, row));
          expect(answers.every((value) => value >= 0 && value <= cap)).toBe(true);
          expect(answers.every((value, row) => row === 0 || value <= answers[row - 1]!)).toBe(true);
        },
      ),
    );
  });
});

describe('trivialBaseline() without an anchor', () => {
  it('is the mean over the labelled rows of the training units', () => {
    const wells: { -readonly [Key in keyof SensorDataset]: SensorDataset[Key] } = ropRuns('wells', { F1: [10, 12, 9], F2: [1, 3] }); // prettier-ignore
    delete wells.anchorFeature;
    const { name, predict } = trivialBaseline(wells); // targets 12, 9 and 3; the last row of a well has none
    expect(name).toBe('mean-target');
    expect([0, 7].map((row) => predict(wells.segments[0]!, row))).toEqual([8, 8]);
  });
});

describe('trivialBaseline() of rate of penetration', () => {
  const wells = ropRuns('wells', { F1: [10, 12, 9] });

  it('holds the value last seen', () => {
    const { name, predict } = trivialBaseline(wells);
    expect(name).toBe('hold-last');
    expect([0, 1, 2].map((row) => predict(wells.segments[0]!, row))).toEqual([10, 12, 9]);
  });

  it('knows nothing beyond the segment', () => {
    expect(trivialBaseline(wells).predict(wells.segments[0]!, 3)).toBeNaN();
  });
});
