import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import type { FeatureRows } from './feature-rows.js';
import { findRegimes, rowsByRegime, type FoundRegimes } from './find-regimes.js';

const rowsOf = (rows: readonly (readonly number[])[]): FeatureRows => ({
  values: Float64Array.from(rows.flat()),
  count: rows.length,
  width: rows[0]!.length,
});

/** The six flight conditions of C-MAPSS: altitude, Mach number, throttle. */
const conditions = [
  [0, 0, 100],
  [10, 0.25, 100],
  [20, 0.7, 100],
  [25, 0.62, 60],
  [35, 0.84, 100],
  [42, 0.84, 100],
];

/** Rows of a sensor and three settings, held as closely as in C-MAPSS. */
function flights(seed: number, count = 2000): FeatureRows {
  const rng = createRng(seed);
  return rowsOf(
    Array.from({ length: count }, () => {
      const [altitude, mach, throttle] = conditions[Math.floor(rng.next() * 6)]!;
      return [rng.next(), altitude! + 0.003 * normal(rng), mach! + 0.0003 * normal(rng), throttle!];
    }),
  );
}

describe('findRegimes()', () => {
  it('finds six conditions from any seed, in ascending order', () => {
    for (let seed = 0; seed < 10; seed++) {
      const found = findRegimes(flights(seed), [1, 2, 3], { most: 8, explained: 0.999, smallest: 0.01, seed })!;
      expect(found.conditionFeatures).toEqual([1, 2, 3]);
      expect(found.centres).toHaveLength(6);
      for (const [k, centre] of found.centres.entries()) {
        centre.forEach((value, s) => {
          expect(Math.abs(value - conditions[k]![s]!)).toBeLessThan(0.001);
        });
      }
    }
  });

  it('takes centres over all rows, not over the rows it looked at', () => {
    const rows = flights(1, 9000);
    const found = findRegimes(rows, [1])!;
    rowsByRegime(rows, found).forEach((chosen, k) => {
      const sum = chosen.reduce((total, row) => total + rows.values[row * 4 + 1]!, 0);
      expect(found.centres[k]![0]).toBeCloseTo(sum / chosen.length, 9);
    });
  });

  it('finds none where conditions vary freely, or not at all', () => {
    const rng = createRng(5);
    const free = rowsOf(Array.from({ length: 1000 }, () => [rng.next(), normal(rng)]));
    expect(findRegimes(free, [0])).toBeUndefined();
    expect(findRegimes(free, [0, 1])).toBeUndefined();
    expect(findRegimes(rowsOf([[0.1], [0.1], [0.1]]), [0])).toBeUndefined();
  });

  it('finds none without rows or condition features', () => {
    expect(findRegimes(flights(1), [])).toBeUndefined();
    expect(findRegimes({ values: new Float64Array(0), count: 0, width: 1 }, [0])).toBeUndefined();
  });

  it('takes a few glitches for outliers, not for a regime', () => {
    const steady = Array.from({ length: 500 }, (_, i) => [10 + 0.001 * (i % 7)]);
    expect(findRegimes(rowsOf([...steady, [1e6]]), [0])).toBeUndefined();
    const both = [...steady, ...Array.from({ length: 500 }, () => [20])];
    expect(findRegimes(rowsOf(both), [0])?.centres).toHaveLength(2);
  });
});

describe('rowsByRegime()', () => {
  it('gives every row to the nearest centre', () => {
    const regimes: FoundRegimes = { conditionFeatures: [1], conditionScale: [2], centres: [[0], [10]] };
    const rows = rowsOf([[99, 1], [99, 9], [0, 4], [0, 5]]); // prettier-ignore
    expect(rowsByRegime(rows, regimes).map((numbers) => Array.from(numbers))).toEqual([[0, 2, 3], [1]]);
  });
});
