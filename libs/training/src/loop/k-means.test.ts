import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { kMeans, type Points } from './k-means.js';

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  values: Float64Array.from(rows.flat()),
  count: rows.length,
  dimensions: rows[0]!.length,
});

describe('kMeans()', () => {
  it('takes the mean for one cluster', () => {
    const found = kMeans(pointsOf([[0, 1], [2, 5]]), { clusters: 1, starts: 1, rng: createRng(1) }); // prettier-ignore
    expect(found.centres.map((centre) => Array.from(centre))).toEqual([[1, 3]]);
    expect(found.squaredError).toBe(1 + 4 + 1 + 4);
  });

  it('finds well separated groups from any seed', () => {
    const places = [1, 10, 20, 25, 35, 42];
    for (let seed = 0; seed < 20; seed++) {
      const rng = createRng(seed);
      const rows = Array.from({ length: 300 }, (_, i) => [places[i % 6]! + 0.01 * normal(rng), i % 6 === 4 ? 1 : 0]);
      const { centres, clusterOf } = kMeans(pointsOf(rows), { clusters: 6, starts: 10, rng });
      const found = centres.map((centre) => Math.round(centre[0]!)).sort((a, b) => a - b);
      expect(found, `seed ${seed}`).toEqual(places);
      expect(rows.every((row, i) => Math.abs(centres[clusterOf[i]!]![0]! - row[0]!) < 1)).toBe(true);
    }
  });

  it('ends at a partition in which no point is nearer to another centre', () => {
    const rng = createRng(3);
    const points = pointsOf(Array.from({ length: 200 }, () => [rng.next(), rng.next()]));
    const { centres, clusterOf, squaredError } = kMeans(points, { clusters: 5, starts: 3, rng });
    let sum = 0;
    for (let i = 0; i < points.count; i++) {
      const distances = centres.map((c) => (points.values[2 * i]! - c[0]!) ** 2 + (points.values[2 * i + 1]! - c[1]!) ** 2); // prettier-ignore
      expect(distances[clusterOf[i]!]).toBe(Math.min(...distances));
      sum += Math.min(...distances);
    }
    expect(squaredError).toBeCloseTo(sum, 12);
  });

  it('is the same for the same seed, and copes with fewer different points than clusters', () => {
    const points = pointsOf([[1], [1], [1], [2]]);
    const find = (): unknown => kMeans(points, { clusters: 3, starts: 2, rng: createRng(7) });
    expect(find()).toEqual(find());
    expect(kMeans(points, { clusters: 3, starts: 2, rng: createRng(7) }).squaredError).toBe(0);
  });
});
