import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dragBit, type BitResponse } from './drag-bit.js';

const bit = { radiusM: 0.1, forceRatio: 0.5, geometryFactor: 1, wearFlatM: 0.005 };
const rock = { strengthPa: 200e6, frictionCoefficient: 0.5 };
const clean = { rotationHz: 2, founderDepthM: 1 };

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const cases = fc.record({
  forceRatio: between(0.4, 0.8),
  wearFlatM: between(1e-4, 8e-3),
  strengthPa: between(50e6, 500e6),
  frictionCoefficient: between(0.2, 1),
  weightN: between(1e3, 200e3),
  rotationHz: between(0.5, 4),
  founderDepthM: between(1e-3, 2e-2),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function sharpAndWorn(c: Case, factor: number): [BitResponse, BitResponse] {
  const sharp = { ...c, founderDepthM: 1 };
  return [drill(sharp), drill({ ...sharp, wearFlatM: c.wearFlatM * factor })];
}

function drill(c: Case): BitResponse {
  return dragBit({ radiusM: 0.1, forceRatio: c.forceRatio, geometryFactor: 1, wearFlatM: c.wearFlatM }, c, c);
}

describe('dragBit()', () => {
  it('cuts with the weight the wear flats leave, worked by hand', () => {
    // ζεa = 10 MN/m; W* = 0.1·0.005·80 MPa = 40 kN; d = (60 − 40) kN / 10 MN/m = 2 mm
    // T = ½·200 MPa·0.01 m²·2 mm + ½·0.5·0.1 m·40 kN = 2000 + 1000 N·m
    const response = dragBit(bit, rock, { weightN: 60e3, ...clean });
    expect(response.depthOfCutM).toBeCloseTo(0.002, 12);
    expect(response.penetrationRate).toBeCloseTo(0.004, 12);
    expect(response.frictionTorqueNm).toBeCloseTo(1000, 6);
    expect(response.torqueNm).toBeCloseTo(3000, 6);
  });

  it('shares a light weight between cutting and flats in part contact, worked by hand', () => {
    // d_o = 0.5 mm; S*·a = 10 MN/m + 40 kN / 0.5 mm = 90 MN/m; d = 22.5 kN / 90 MN/m = 0.25 mm
    expect(dragBit(bit, rock, { weightN: 22.5e3, ...clean }).depthOfCutM).toBeCloseTo(0.00025, 12);
  });

  it('keeps three tenths of the depth beyond the founder point', () => {
    const founder = { weightN: 60e3, rotationHz: 2, founderDepthM: 0.001 };
    expect(dragBit(bit, rock, founder).depthOfCutM).toBeCloseTo(0.001 + 0.3 * 0.001, 12);
  });

  it('drills faster with more weight, steadily up to the founder point and less so beyond', () => {
    fc.assert(
      fc.property(cases, between(1.01, 2), (c, factor) => {
        const more = drill({ ...c, weightN: c.weightN * factor });
        expect(more.penetrationRate).toBeGreaterThan(drill(c).penetrationRate);
        const cleanRock = { ...c, founderDepthM: 1 };
        expect(drill(c).penetrationRate).toBeLessThanOrEqual(drill(cleanRock).penetrationRate);
      }),
    );
  });

  it('drills slower, rubs harder and spends more energy once longer flats are in full contact, all else equal', () => {
    fc.assert(
      fc.property(cases, between(1.05, 3), (c, factor) => {
        const [sharp, worn] = sharpAndWorn(c, factor);
        fc.pre(sharp.depthOfCutM > 0.1 * c.wearFlatM * 1.001);
        expect(worn.depthOfCutM).toBeLessThan(sharp.depthOfCutM);
        expect(worn.frictionTorqueNm).toBeGreaterThan(sharp.frictionTorqueNm);
        expect(worn.torqueNm / worn.depthOfCutM).toBeGreaterThan(sharp.torqueNm / sharp.depthOfCutM);
      }),
    );
  });

  it('never drills faster with longer flats', () => {
    fc.assert(
      fc.property(cases, between(1.05, 3), (c, factor) => {
        const [sharp, worn] = sharpAndWorn(c, factor);
        expect(worn.depthOfCutM).toBeLessThanOrEqual(sharp.depthOfCutM * (1 + 1e-9));
      }),
    );
  });

  it('stays on the line E = (1 − μγζ)·ε + μγ·S in every phase', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const { depthOfCutM, torqueNm } = drill(c);
        const energy = (2 * torqueNm) / (0.1 ** 2 * depthOfCutM);
        const drillingStrength = c.weightN / (0.1 * depthOfCutM);
        const line =
          (1 - c.frictionCoefficient * c.forceRatio) * c.strengthPa + c.frictionCoefficient * drillingStrength;
        expect(energy / line).toBeCloseTo(1, 9);
      }),
    );
  });

  it('does not jump where the flats come into full contact', () => {
    const fullContactN = 10e6 * 0.0005 + 40e3;
    const below = dragBit(bit, rock, { weightN: fullContactN * (1 - 1e-9), ...clean }).depthOfCutM;
    const above = dragBit(bit, rock, { weightN: fullContactN, ...clean }).depthOfCutM;
    expect(above - below).toBeLessThan(1e-10);
    expect(above).toBeCloseTo(0.0005, 12);
  });
});
