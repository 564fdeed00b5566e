import { mean, quantile, standardDeviation } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { bitRunFeatures } from './bit-run-features.js';
import type { BitRun, FormationPreset } from './bit-run.js';
import { simulateBitRuns } from './simulate-bit-runs.js';

const width = bitRunFeatures.length;
const sensors = bitRunFeatures.map((_, column) => column);
const hoursColumn = width - 1;
const plain = simulateBitRuns({ count: 100, seed: 11 });

function lifeHours(run: BitRun): number {
  return run.features.at(-1)!;
}

function column(runs: readonly BitRun[], name: string): number[] {
  const index = bitRunFeatures.findIndex((feature) => feature.name === name);
  return runs.flatMap((run) => Array.from({ length: run.rows }, (_, i) => run.features[i * width + index]!));
}

function rowsOf(runs: readonly BitRun[], columns: readonly number[]): number[][] {
  return runs.flatMap((run) =>
    Array.from({ length: run.rows }, (_, i) => [1, ...columns.map((c) => run.features[i * width + c]!)]),
  );
}

/** Solves the symmetric positive system a·x = b by Gauss-Jordan elimination, in place. */
function solve(a: number[][], b: number[]): number[] {
  for (let pivot = 0; pivot < b.length; pivot++) {
    for (let row = 0; row < b.length; row++) {
      if (row === pivot) continue;
      const factor = a[row]![pivot]! / a[pivot]![pivot]!;
      a[row] = a[row]!.map((value, j) => value - factor * a[pivot]![j]!);
      b[row]! -= factor * b[pivot]!;
    }
  }
  return b.map((value, i) => value / a[i]![i]!);
}

/** R² of the least-squares fit of remaining life on the given columns of single rows. */
function linearR2(runs: readonly BitRun[], columns: readonly number[]): number {
  const rows = rowsOf(runs, columns);
  const target = runs.flatMap((run) => [...run.remainingHours]);
  const size = columns.length + 1;
  const gram = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  const moments = Array.from({ length: size }, (_, i) => rows.reduce((sum, row, k) => sum + row[i]! * target[k]!, 0));
  const weights = solve(gram, moments);
  const residuals = rows.map((row, k) => target[k]! - row.reduce((sum, value, i) => sum + value * weights[i]!, 0));
  return 1 - (standardDeviation(residuals) / standardDeviation(target)) ** 2;
}

describe('simulateBitRuns()', () => {
  it('gives as many runs as asked, each with a name of its own', () => {
    expect(plain).toHaveLength(100);
    expect(new Set(plain.map((run) => run.unit)).size).toBe(100);
    expect(plain[0]!.unit).toBe('bit-mixed-11-001');
  });

  it('begins with the runs of a shorter set', () => {
    expect(simulateBitRuns({ count: 3, seed: 11 })).toEqual(plain.slice(0, 3));
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a count of %s', (count) => {
    expect(() => simulateBitRuns({ count, seed: 1 })).toThrow(RangeError);
  });

  it('refuses a bad seed as a single run does', () => {
    expect(() => simulateBitRuns({ count: 1, seed: -1 })).toThrow(RangeError);
  });

  it.each<FormationPreset>(['soft', 'mixed', 'hard'])(
    'draws lives in %s rock that vary by a quarter of their mean or more',
    (formation) => {
      const runs = formation === 'mixed' ? plain : simulateBitRuns({ count: 100, seed: 11, formation });
      const lives = runs.map(lifeHours);
      expect(standardDeviation(lives) / mean(lives)).toBeGreaterThanOrEqual(0.25);
      expect(quantile(lives, 0.5)).toBeGreaterThan(25);
      expect(quantile(lives, 0.5)).toBeLessThan(60);
    },
  );

  it('draws eight in ten lives in mixed rock between 20 and 65 hours', () => {
    const lives = plain.map(lifeHours);
    expect(quantile(lives, 0.1)).toBeGreaterThan(20);
    expect(quantile(lives, 0.9)).toBeLessThan(65);
  });
});

describe('remaining life in simulated runs', () => {
  it('is not a linear function of one row', () => {
    expect(linearR2(plain, sensors)).toBeLessThan(0.95);
  });

  it('is told better by the sensors than by the clock alone', () => {
    const clock = linearR2(plain, [hoursColumn]);
    expect(clock).toBeLessThan(0.6);
    expect(linearR2(plain, sensors)).toBeGreaterThan(clock + 0.15);
  });

  it('ends with a bit that drills slower, shakes more and spends more energy than it began', () => {
    const ends = (name: string): [number, number] => {
      const begin = plain.flatMap((run) => column([run], name).slice(0, 8));
      const end = plain.flatMap((run) => column([run], name).slice(-8));
      return [mean(begin), mean(end)];
    };
    const [fastRate, slowRate] = ends('rate_of_penetration');
    expect(slowRate).toBeLessThan(0.8 * fastRate);
    for (const name of ['mechanical_specific_energy', 'axial_vibration', 'lateral_vibration']) {
      const [before, after] = ends(name);
      expect(after).toBeGreaterThan(1.5 * before);
    }
  });
});

describe('shifts of simulated runs', () => {
  it('torque-sensor-bias shows 1.3 times the torque of the same runs and leaves the other sensors as they are', () => {
    const biased = simulateBitRuns({ count: 100, seed: 11, shift: 'torque-sensor-bias' });
    const torque = column(plain, 'surface_torque');
    const ratios = column(biased, 'surface_torque').map((value, i) => value / torque[i]!);
    expect(quantile(ratios, 0)).toBeCloseTo(1.3, 12);
    expect(quantile(ratios, 1)).toBeCloseTo(1.3, 12);
    for (const name of ['weight_on_bit', 'rate_of_penetration', 'lateral_vibration', 'hours_on_bit']) {
      expect(column(biased, name)).toEqual(column(plain, name));
    }
  });

  it('abrasive-formation shortens nearly every life of the same bits, by two fifths on average, and raises torque and energy', () => {
    const abrasive = simulateBitRuns({ count: 100, seed: 11, shift: 'abrasive-formation' });
    const ratios = abrasive.map((run, i) => lifeHours(run) / lifeHours(plain[i]!));
    expect(mean(ratios)).toBeCloseTo(0.6, 1);
    expect(quantile(ratios, 0.95)).toBeLessThan(0.9);
    const rise = (name: string): number => mean(column(abrasive, name)) / mean(column(plain, name));
    expect(rise('surface_torque')).toBeGreaterThan(1.03);
    expect(rise('mechanical_specific_energy')).toBeGreaterThan(1.2);
  });
});
