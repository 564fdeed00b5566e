import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitVibration, resonanceGain } from './vibration.js';

describe('resonanceGain()', () => {
  it('is 1 far below resonance, 1 / 2ζ at it, and dies away far above', () => {
    expect(resonanceGain(0, 0.25)).toBe(1);
    expect(resonanceGain(1, 0.25)).toBe(2);
    expect(resonanceGain(10, 0.25)).toBeCloseTo(1 / Math.sqrt(99 ** 2 + 5 ** 2), 12);
  });
});

describe('bitVibration()', () => {
  const source = { rotationHz: 2, lateralCriticalHz: 2.7, axialCriticalHz: 1.2, strengthPa: 250e6 };

  it('is 2.2 times as strong axially and 2.5 times laterally on a bit worn out as on a new one', () => {
    const sharp = bitVibration({ ...source, wear: 0 });
    const worn = bitVibration({ ...source, wear: 1 });
    expect(worn.axialG / sharp.axialG).toBeCloseTo(2.2, 12);
    expect(worn.lateralG / sharp.lateralG).toBeCloseTo(2.5, 12);
  });

  it('grows with wear at any rotation', () => {
    const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(between(0.5, 4), between(0, 0.9), between(0.01, 0.1), (rotationHz, wear, extra) => {
        const before = bitVibration({ ...source, rotationHz, wear });
        const after = bitVibration({ ...source, rotationHz, wear: wear + extra });
        expect(after.axialG).toBeGreaterThan(before.axialG);
        expect(after.lateralG).toBeGreaterThan(before.lateralG);
      }),
    );
  });
});
