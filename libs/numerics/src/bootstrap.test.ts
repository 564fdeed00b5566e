import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap.js';
import { mean } from './moments.js';
import { normal } from './normal.js';
import { createRng } from './rng.js';

describe('bootstrapInterval()', () => {
  it('comes close to the normal interval for a mean', () => {
    const rng = createRng(8);
    const values = Array.from({ length: 400 }, () => normal(rng));
    const { low, high } = bootstrapInterval(values, mean, { rng, resamples: 2000, level: 0.95 });
    expect(low).toBeLessThan(mean(values));
    expect(high).toBeGreaterThan(mean(values));
    expect((high - low) / ((2 * 1.96) / Math.sqrt(400))).toBeCloseTo(1, 0.8);
  });

  it('holds the true mean about as often as its level says', () => {
    const rng = createRng(21);
    let held = 0;
    for (let i = 0; i < 300; i++) {
      const values = Array.from({ length: 40 }, () => normal(rng));
      const { low, high } = bootstrapInterval(values, mean, { rng, resamples: 300, level: 0.9 });
      if (low <= 0 && high >= 0) held++;
    }
    expect(held / 300).toBeGreaterThan(0.83);
    expect(held / 300).toBeLessThan(0.95);
  });

  it('gives the same interval for the same seed', () => {
    const draw = (seed: number) =>
      bootstrapInterval([1, 2, 3, 7], mean, { rng: createRng(seed), resamples: 50, level: 0.9 });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('refuses no values, no resamples and a level that is no share', () => {
    const rng = createRng(1);
    expect(() => bootstrapInterval([], mean, { rng, resamples: 10, level: 0.9 })).toThrow('there are 0 values');
    expect(() => bootstrapInterval([1], mean, { rng, resamples: 0, level: 0.9 })).toThrow('resamples is 0');
    expect(() => bootstrapInterval([1], mean, { rng, resamples: 10, level: 1 })).toThrow('level is 1');
  });
});
