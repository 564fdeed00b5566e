import { createRng, effectiveSampleSize, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { drawStreams, type StreamKind } from '../test/calibration/streams.js';
import { readColumn, sortedValues } from './column.js';
import { currentEffectiveRows, referenceEffectiveRows } from './effective-rows.js';

function column(kind: Omit<StreamKind, 'columns'>, seed: number): readonly Float64Array[] {
  return readColumn(drawStreams({ ...kind, columns: 1 }, 0, createRng(seed)), 0, 1).series;
}

function reference(series: readonly Float64Array[]): number {
  return referenceEffectiveRows(series, sortedValues({ series, missing: 0 }));
}

describe('referenceEffectiveRows()', () => {
  it('comes close to the rows where they are independent', () => {
    const rows = reference(column({ series: 1, rows: 2000, phi: 0 }, 1));
    expect(rows).toBeGreaterThan(1700);
    expect(rows).toBeLessThanOrEqual(2000);
  });

  it('gives far less for dependent rows', () => {
    const rows = reference(column({ series: 1, rows: 20_000, phi: 0.9 }, 2));
    expect(20_000 / rows).toBeGreaterThan(10); // 13.3 at the median of a normal autoregression, less at the quartiles
    expect(20_000 / rows).toBeLessThan(15);
  });

  it('gives little more than one row per series where each has a level of its own', () => {
    const series = column({ series: 30, rows: 300, phi: 0, levelShare: 0.9 }, 3);
    expect(effectiveSampleSize(series)).toBeGreaterThan(8000);
    expect(reference(series)).toBeLessThan(60);
  });

  it('gives more for a trend that every series goes through than the trend of one alone', () => {
    const series = column({ series: 40, rows: 200, phi: 0, trend: 6 }, 4);
    expect(reference(series)).toBeGreaterThan(2 * 40 * reference([series[0]!]));
  });

  it('counts one row per series of constants, equal or not', () => {
    const constants = (values: readonly number[]) => values.map((value) => new Float64Array(50).fill(value));
    expect(reference(constants([3, 3, 3]))).toBe(3);
    expect(reference(constants([1, 2, 3, 4]))).toBe(4);
  });

  it('is not upset by a column that is nearly always one value', () => {
    const rare = Float64Array.from({ length: 400 }, (_, t) => (t % 50 === 0 ? 1 : 0));
    expect(reference([rare])).toBeGreaterThan(50);
    expect(reference([rare])).toBeLessThanOrEqual(400);
  });
});

describe('currentEffectiveRows()', () => {
  const rng = createRng(6);
  const noise = Float64Array.from({ length: 100 }, () => normal(rng));

  it('takes a row of a long series for what a reference row is worth', () => {
    expect(currentEffectiveRows([noise], { levels: [0], time: 5, meanRows: 200, series: 10 })).toBe(20);
  });

  it('lets a trend count little where it is short, and a third where the reference has few series', () => {
    const stretch = Float64Array.from({ length: 30 }, (_, t) => t / 10 - 1.5);
    expect(currentEffectiveRows([stretch], { levels: [0], time: 1, meanRows: 61, series: 10 })).toBeLessThan(5);
    expect(currentEffectiveRows([stretch], { levels: [0], time: 1, meanRows: 60, series: 10 })).toBe(30);
    expect(currentEffectiveRows([stretch], { levels: [0], time: 1, meanRows: 60, series: 9 })).toBe(10);
  });

  it('counts at least one per nonempty series', () => {
    const series = [noise.subarray(0, 2), noise.subarray(2, 3), new Float64Array(0)];
    expect(currentEffectiveRows(series, { levels: [0], time: 50, meanRows: 100, series: 10 })).toBe(2);
  });
});
