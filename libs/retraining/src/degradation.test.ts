import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degradation } from './degradation.js';
import { metricDirection } from './metric-direction.js';

const value = fc.double({ min: -1000, max: 1000, noNaN: true });

describe('degradation()', () => {
  it('is zero for the same value, and has one sign per direction', () => {
    fc.assert(
      fc.property(value, value, (baseline, live) => {
        const rmse = degradation({ name: 'rmse', baseline, live }, 0.1);
        const reward = degradation({ name: 'reward', baseline, live }, 0.1);
        expect(rmse).toBeCloseTo(-reward, 12);
        expect(Math.sign(rmse)).toBe(Math.sign(live - baseline));
      }),
    );
  });

  it('is always finite, a baseline of zero included', () => {
    expect(degradation({ name: 'mae', baseline: 0, live: 0.3 }, 0.1)).toBeCloseTo(3, 12);
    expect(degradation({ name: 'r2', baseline: -0, live: -0 }, 0.1)).toBeCloseTo(0, 12);
  });

  it('refuses a metric whose direction is not known', () => {
    expect(() => degradation({ name: 'meanError', baseline: 1, live: 2 }, 0.1)).toThrow(RangeError);
  });
});

describe('metricDirection()', () => {
  it.each([
    ['rmse', 'lower-is-better'],
    ['mean_absolute_error', 'lower-is-better'],
    ['test/mae', 'lower-is-better'],
    ['r2_score', 'higher-is-better'],
    ['mean_reward', 'higher-is-better'],
    ['phmScore', undefined],
    ['latency_ms', undefined],
  ])('of %s is %s', (name, direction) => {
    expect(metricDirection(name)).toBe(direction);
  });
});
