import { describe, expect, it } from 'vitest';
import { fourierTransform, rootsOfUnity } from './fourier-transform.js';
import { createRng } from './rng.js';

function transform(values: readonly number[]): { real: Float64Array; imaginary: Float64Array } {
  const real = Float64Array.from(values);
  const imaginary = new Float64Array(values.length);
  fourierTransform(real, imaginary, rootsOfUnity(values.length));
  return { real, imaginary };
}

describe('fourierTransform()', () => {
  it('gives the transform of four values worked out by hand', () => {
    const { real, imaginary } = transform([1, 2, 3, 4]);
    expect([...real]).toEqual([10, expect.closeTo(-2, 14), -2, expect.closeTo(-2, 14)]);
    expect([...imaginary]).toEqual([0, expect.closeTo(2, 14), 0, expect.closeTo(-2, 14)]);
  });

  it.each([1, 2, 8, 64])('agrees with the plain sums on %i values', (n) => {
    const rng = createRng(n);
    const values = Array.from({ length: n }, () => rng.next() - 0.5);
    const { real, imaginary } = transform(values);
    for (let k = 0; k < n; k++) {
      const angle = (t: number) => (2 * Math.PI * k * t) / n;
      const cosines = values.reduce((sum, value, t) => sum + value * Math.cos(angle(t)), 0);
      const sines = values.reduce((sum, value, t) => sum - value * Math.sin(angle(t)), 0);
      expect(real[k]).toBeCloseTo(cosines, 12);
      expect(imaginary[k]).toBeCloseTo(sines, 12);
    }
  });
});
