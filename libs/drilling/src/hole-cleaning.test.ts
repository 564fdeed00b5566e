import { describe, expect, it } from 'vitest';
import { cuttingsLoad, founderDepth } from './hole-cleaning.js';

describe('founderDepth()', () => {
  it('is where the cuttings fill 1.2 % of the flow', () => {
    const cleaning = { flow: 2000 / 60_000, holeAreaM2: 0.0366, rotationHz: 2 };
    const cuttingsFlow = founderDepth(cleaning) * cleaning.rotationHz * cleaning.holeAreaM2;
    expect(cuttingsFlow / cleaning.flow).toBeCloseTo(0.012, 12);
  });
});

describe('cuttingsLoad()', () => {
  it('is nothing while nothing is drilled and grows to the density of rock', () => {
    const transport = { holeAreaM2: 0.04, flow: 0.03, mudDensityKgM3: 1200 };
    expect(cuttingsLoad({ ...transport, penetrationRate: 0 })).toBe(0);
    // 0.04·0.0075 = 0.0003 m³/s of rock in 0.0303 m³/s
    expect(cuttingsLoad({ ...transport, penetrationRate: 0.0075 })).toBeCloseTo(1400 / 101, 9);
    expect(cuttingsLoad({ ...transport, flow: 0, penetrationRate: 1 })).toBe(1400);
  });
});
