import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mean, standardDeviation } from './moments.js';
import { createRng, xoshiro128StarStar } from './rng.js';

const vectors = JSON.parse(readFileSync(new URL('../test/vectors/generator.json', import.meta.url), 'utf8')) as {
  state1234: number[];
  seeded: { seed: number; values: number[] }[];
};

describe('xoshiro128StarStar()', () => {
  it('gives the published outputs for the state 1, 2, 3, 4', () => {
    const next = xoshiro128StarStar([1, 2, 3, 4]);
    // The reference vector of the rand_xoshiro crate, from the authors' C code.
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('agrees with the big-integer version after 1000 outputs', () => {
    const next = xoshiro128StarStar([1, 2, 3, 4]);
    expect(Array.from({ length: 1000 }, next).slice(-5)).toEqual(vectors.state1234);
  });
});

describe('createRng()', () => {
  it.each(vectors.seeded)('agrees with the big-integer version for seed $seed', ({ seed, values }) => {
    const rng = createRng(seed);
    expect(values.map(() => rng.next())).toEqual(values);
  });

  it('fills [0, 1) evenly', () => {
    const rng = createRng(5);
    const values = Array.from({ length: 20_000 }, () => rng.next());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan((4 * Math.sqrt(1 / 12)) / Math.sqrt(values.length));
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(1 / 12), 2);
  });

  it.each([0.5, NaN, Infinity, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => createRng(seed)).toThrow(
      new RangeError(`Cannot seed a generator: seed is ${seed}; give a safe integer`),
    );
  });
});
