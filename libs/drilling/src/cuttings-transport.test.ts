import { describe, expect, it } from 'vitest';
import { slipVelocity, steadyCuttings } from './cuttings-transport.js';

describe('slipVelocity()', () => {
  it('agrees with the field form 1.54·√(d·(ρ_s − ρ) / ρ), inches and ft/s', () => {
    const field = 1.54 * Math.sqrt((0.25 * (21.6 - 10)) / 10) * 0.3048;
    const velocity = slipVelocity({ diameterM: 0.25 * 0.0254, densityKgM3: 21.6, mudDensityKgM3: 10 });
    expect(velocity / field).toBeCloseTo(1, 2);
  });

  it('is nothing where cuttings float', () => {
    expect(slipVelocity({ diameterM: 0.005, densityKgM3: 1000, mudDensityKgM3: 1200 })).toBe(0);
  });
});

describe('steadyCuttings()', () => {
  const load = { rockFlow: 4e-4, flow: 0.033, annulusAreaM2: 0.0239, slipVelocity: 0.23 };

  it('balances what comes in and what goes out, worked by hand', () => {
    expect(steadyCuttings(load)).toBeCloseTo(4e-4 / (4e-4 + 0.033 - 0.23 * 0.0239), 9);
  });

  it('falls with the flow, rises with the rate, and is 1 where nothing is lifted', () => {
    expect(steadyCuttings({ ...load, flow: 0.04 })).toBeLessThan(steadyCuttings(load));
    expect(steadyCuttings({ ...load, rockFlow: 8e-4 })).toBeGreaterThan(steadyCuttings(load));
    expect(steadyCuttings({ ...load, flow: 0.001 })).toBe(1);
    expect(steadyCuttings({ ...load, rockFlow: 0 })).toBe(0);
  });
});
