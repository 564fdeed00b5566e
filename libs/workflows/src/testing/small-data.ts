import type { SensorDataset, SensorSegment, SplitDataset } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';

const schema = {
  task: 'remaining-useful-life',
  features: [
    { name: 'wear', unit: 'mm' },
    { name: 'noise', unit: '-' },
  ],
  target: { name: 'remaining', unit: 'h' },
  source: 'simulated',
  evaluateOn: 'every-row',
} as const;

/** A bit that lasts `life` rows of one hour: its wear is ten minus its remaining hours, so that a model can know them. */
export function bitRun(unit: string, life: number): SensorSegment {
  const rng = createRng(life);
  const remaining = Array.from({ length: life }, (_, row) => life - 1 - row);
  const features = Float64Array.from(remaining.flatMap((hours) => [10 - hours, rng.next()]));
  return { unit, rows: life, features, target: Float64Array.from(remaining) };
}

/** Bit runs of the given lives, one unit each. */
export function bitRuns(name: string, lives: readonly number[]): SensorDataset {
  const segments = lives.map((life, i) => bitRun(`${name}-${i + 1}`, life));
  return { ...schema, name: 'small-runs', segments, fingerprint: `${name}-fingerprint` };
}

/** Three parts of bit runs whose lives differ so much that the mean life is a poor answer. */
export function smallSplit(): SplitDataset {
  return {
    train: bitRuns('train', [8, 20, 12, 16, 10, 18]),
    validation: bitRuns('validation', [9, 17]),
    test: bitRuns('test', [8, 20, 11, 17, 9, 19, 7, 21]),
  };
}

/** The same parts, asked whether a bit is worn out within four hours. */
export function classSplit(): SplitDataset {
  const { train, validation, test } = smallSplit();
  return { train: wornOutSoon(train), validation: wornOutSoon(validation), test: wornOutSoon(test) };
}

/** Class 0 where at most four hours remain, else class 1. */
export function wornOutSoon(dataset: SensorDataset): SensorDataset {
  const segments = dataset.segments.map((one) => ({ ...one, target: one.target.map((hours) => Number(hours > 4)) }));
  const target = { name: 'remaining_class', unit: '-' };
  return { ...dataset, task: 'window-class', target, segments, classes: ['worn out soon', 'good'] };
}

/** Rate of penetration, predicted as the last value (feature 1) plus a correction. */
export function ropRuns(name: string, units: Readonly<Record<string, readonly number[]>>): SensorDataset {
  const segments = Object.entries(units).map(([unit, rates]) => ropRun(unit, rates));
  return {
    name,
    task: 'rate-of-penetration',
    features: [
      { name: 'weight', unit: 't' },
      { name: 'rop', unit: 'm/h' },
    ],
    target: { name: 'rop next', unit: 'm/h' },
    segments,
    source: 'wells.csv',
    fingerprint: `${name}-fingerprint`,
    anchorFeature: 1,
    evaluateOn: 'every-row',
  };
}

function ropRun(unit: string, rates: readonly number[]): SensorSegment {
  const target = rates.map((_, row) => rates[row + 1] ?? Number.NaN);
  const features = Float64Array.from(rates.flatMap((rate) => [5, rate]));
  return { unit, rows: rates.length, features, target: Float64Array.from(target) };
}
