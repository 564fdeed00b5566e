import { describe, expect, it } from 'vitest';
import { dragBit } from './drag-bit.js';
import { specificEnergy } from './specific-energy.js';

describe('specificEnergy()', () => {
  it('is the thrust plus the rotary work per volume, worked by hand', () => {
    // 100 kN / 0.04 m² = 2.5 MPa; 2π·2/s·5 kN·m / (0.04 m²·5 mm/s) = 314.159265 MPa
    const energy = specificEnergy({
      weightN: 100e3,
      rotationHz: 2,
      torqueNm: 5e3,
      penetrationRate: 0.005,
      holeAreaM2: 0.04,
    });
    expect(energy / 1e6).toBeCloseTo(316.659265, 6);
  });

  it('has no upper bound as drilling stops', () => {
    const standstill = { weightN: 1, rotationHz: 1, torqueNm: 1, penetrationRate: 0, holeAreaM2: 1 };
    expect(specificEnergy(standstill)).toBe(Infinity);
  });

  it("of a bit without friction is the rock's own energy plus the thrust", () => {
    const radiusM = 0.1;
    const holeAreaM2 = Math.PI * radiusM ** 2;
    const load = { weightN: 50e3, rotationHz: 2, founderDepthM: 1 };
    const sharp = { radiusM, forceRatio: 0.6, geometryFactor: 1, wearFlatM: 0 };
    const response = dragBit(sharp, { strengthPa: 200e6, frictionCoefficient: 0.5 }, load);
    const energy = specificEnergy({ ...load, ...response, holeAreaM2 });
    expect(energy).toBeCloseTo(200e6 + load.weightN / holeAreaM2, 0);
  });
});
