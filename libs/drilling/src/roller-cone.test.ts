import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollerConeExponents, rollerConeRate, rollerConeTorque, type RollerConeLoad } from './roller-cone.js';

const lbf = 4.448_221_615;
const ppg = 119.826_4;
const normal: RollerConeLoad = {
  weightN: 40_000 * lbf,
  bitDiameterM: 10 * 0.0254,
  rotationHz: 1,
  depthM: 10_000 * 0.3048,
  poreGradient: 9 * ppg,
  circulatingDensity: 9 * ppg,
  toothWear: 0,
  jetForceN: 1000 * lbf,
};

describe('rollerConeRate()', () => {
  it('is the drillability under normal conditions, whatever the exponents', () => {
    expect(rollerConeRate(0.004, normal)).toBeCloseTo(0.004, 9);
  });

  it('is the product of the eight factors, worked by hand in field units', () => {
    const { depth, compaction, overbalance, weight, rotation, toothWear, jets } = rollerConeExponents;
    const load = { ...normal, weightN: 30_000 * lbf, rotationHz: 1.5, depthM: 12_000 * 0.3048, circulatingDensity: 10 * ppg, poreGradient: 9.5 * ppg, toothWear: 0.4, jetForceN: 1500 * lbf }; // prettier-ignore
    const expected =
      0.004 *
      Math.exp(2.303 * depth * -2000) *
      Math.exp(2.303 * compaction * 12_000 ** 0.69 * 0.5) *
      Math.exp(2.303 * overbalance * 12_000 * -0.5) *
      (2.5 / 3.5) ** weight *
      1.5 ** rotation *
      Math.exp(-toothWear * 0.4) *
      1.5 ** jets;
    expect(rollerConeRate(0.004, load) / expected).toBeCloseTo(1, 5);
  });

  it('rises with weight and speed, falls with wear and overbalance, and is nothing below the threshold', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 60, noNaN: true }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (klbf, rotationHz) => {
          const load = { ...normal, weightN: klbf * 1000 * lbf, rotationHz };
          const rate = rollerConeRate(0.004, load);
          expect(rollerConeRate(0.004, { ...load, weightN: load.weightN * 1.1 })).toBeGreaterThan(rate);
          expect(rollerConeRate(0.004, { ...load, rotationHz: rotationHz * 1.1 })).toBeGreaterThan(rate);
          expect(rollerConeRate(0.004, { ...load, toothWear: 0.5 })).toBeLessThan(rate);
          expect(rollerConeRate(0.004, { ...load, circulatingDensity: 11 * ppg })).toBeLessThan(rate);
        },
      ),
    );
    expect(rollerConeRate(0.004, { ...normal, weightN: 4000 * lbf })).toBe(0);
    expect(rollerConeRate(0.004, { ...normal, rotationHz: 0 })).toBe(0);
  });
});

describe('rollerConeTorque()', () => {
  it('is μ·W·d / 3', () => {
    expect(rollerConeTorque(90_000, 0.2)).toBeCloseTo((0.25 * 90_000 * 0.2) / 3, 9);
  });
});
