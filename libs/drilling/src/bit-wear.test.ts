import { describe, expect, it } from 'vitest';
import { wearFlat, wearRate } from './bit-wear.js';

describe('wearRate()', () => {
  const load = { weightN: 90e3, rotationHz: 2, bitRadiusM: 0.1, abrasiveness: 1, wearCapacityNm: 1e10 };

  it('is weight times sliding speed over capacity, worked by hand', () => {
    // v = 2π·2·(2/3)·0.1 = 0.837758 m/s; 90 kN·v / 10 GN·m = 7.53982e-6 per second, 36.8 h of life
    expect(wearRate(load)).toBeCloseTo(7.53982e-6, 11);
    expect(1 / wearRate(load) / 3600).toBeCloseTo(36.84, 2);
  });

  it('doubles with abrasiveness, weight or rotation and halves with twice the capacity', () => {
    const rate = wearRate(load);
    expect(wearRate({ ...load, abrasiveness: 2 }) / rate).toBeCloseTo(2, 12);
    expect(wearRate({ ...load, weightN: 180e3 }) / rate).toBeCloseTo(2, 12);
    expect(wearRate({ ...load, rotationHz: 4 }) / rate).toBeCloseTo(2, 12);
    expect(wearRate({ ...load, wearCapacityNm: 2e10 }) / rate).toBeCloseTo(0.5, 12);
  });
});

describe('wearFlat()', () => {
  it('runs from 1.5 mm to 5 mm', () => {
    expect(wearFlat(0)).toBe(0.0015);
    expect(wearFlat(0.5)).toBeCloseTo(0.00325, 12);
    expect(wearFlat(1)).toBe(0.005);
  });
});
