import { describe, expect, it } from 'vitest';
import { clipFactor, gradientNorm } from './clip-gradients.js';

describe('gradientNorm()', () => {
  it('is the norm of all gradients together', () => {
    expect(gradientNorm([Float32Array.of(3), Float32Array.of(0, 4)])).toBe(5);
    expect(gradientNorm([Float32Array.of(0, 0)])).toBe(0);
  });

  it('does not overflow where single precision would, and is not finite where a gradient is not', () => {
    expect(gradientNorm([Float32Array.of(1e30, 0)])).toBeCloseTo(1e30, -24);
    expect(gradientNorm([Float32Array.of(1), Float32Array.of(NaN)])).toBeNaN();
    expect(gradientNorm([Float32Array.of(Infinity)])).toBe(Infinity);
  });
});

describe('clipFactor()', () => {
  it('brings a norm above the limit down to it and leaves others alone', () => {
    expect(clipFactor(5, 1)).toBe(0.2);
    expect([clipFactor(5, 5), clipFactor(5, 10), clipFactor(0, 1)]).toEqual([1, 1, 1]);
  });
});
