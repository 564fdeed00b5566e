import { describe, expect, it } from 'vitest';
import { frictionLoss, nozzleDrop, standpipePressure } from './hydraulics.js';

const pipe = { lengthM: 1000, hydraulicDiameterM: 0.1, areaM2: (Math.PI / 4) * 0.1 ** 2 };
const mud = { densityKgM3: 1200, viscosityPaS: 0.02 };

describe('frictionLoss()', () => {
  it('is the Hagen-Poiseuille loss in slow flow, 128·μ·L·Q / (π·D⁴)', () => {
    const flow = 1e-3; // Re = 764
    const expected = (128 * mud.viscosityPaS * pipe.lengthM * flow) / (Math.PI * 0.1 ** 4);
    expect(frictionLoss(pipe, mud, flow)).toBeCloseTo(expected, 6);
  });

  it('is the Blasius loss in fast flow, worked by hand', () => {
    // v = 4 m/s, Re = 24 000, f = 0.3164 / 12.446661 = 0.0254205; f·10 000·1200·16 / 2 = 2.440368 MPa
    expect(frictionLoss(pipe, mud, 4 * pipe.areaM2) / 1e6).toBeCloseTo(2.440368, 4);
  });

  it('is nothing without flow', () => {
    expect(frictionLoss(pipe, mud, 0)).toBe(0);
  });
});

describe('standpipePressure()', () => {
  const nozzleAreaM2 = 6e-4;

  it('adds pipe, nozzles, annulus and the weight of cuttings', () => {
    const flow = 0.03;
    const annulus = { lengthM: 1000, hydraulicDiameterM: 0.09, areaM2: 0.024 };
    const friction = frictionLoss(pipe, mud, flow) + frictionLoss(annulus, mud, flow);
    const clean = { mud, flow, pipe, annulus, nozzleAreaM2, cuttingsLoadKgM3: 0, verticalDepthM: 900 };
    expect(standpipePressure(clean)).toBeCloseTo(friction + nozzleDrop(nozzleAreaM2, 1200, flow), 6);
    const loaded = standpipePressure({ ...clean, cuttingsLoadKgM3: 10 });
    expect(loaded - standpipePressure(clean)).toBeCloseTo(10 * 9.80665 * 900, 3);
  });

  it('has a nozzle drop that follows the square of the flow', () => {
    expect(nozzleDrop(nozzleAreaM2, 1200, 0.04) / nozzleDrop(nozzleAreaM2, 1200, 0.02)).toBeCloseTo(4, 12);
    // 1200·0.03² / (2·(0.95·6e-4)²) = 1.08 / 6.498e-7
    expect(nozzleDrop(nozzleAreaM2, 1200, 0.03) / 1e6).toBeCloseTo(1.66205, 5);
  });
});
