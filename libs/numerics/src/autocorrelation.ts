import { fourierTransform, rootsOfUnity } from './fourier-transform.js';
import { mean } from './moments.js';

/**
 * Autocorrelation at the lags 0 … n − 1, with the divisor n at every lag (the estimator whose sums stay bounded):
 *
 *   ρ_k = Σ_t (x_t − x̄)(x_{t+k} − x̄) / Σ_t (x_t − x̄)²
 *
 * By the Wiener–Khinchin theorem, from a transform padded to twice the length: O(n log n). The values must vary.
 *
 * @returns ρ, shape [n]
 */
export function autocorrelation(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n));
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const center = mean(values);
  for (let t = 0; t < n; t++) real[t] = values[t]! - center;

  const roots = rootsOfUnity(size);
  fourierTransform(real, imaginary, roots);
  for (let k = 0; k < size; k++) {
    real[k] = real[k]! ** 2 + imaginary[k]! ** 2;
    imaginary[k] = 0;
  }
  fourierTransform(real, imaginary, roots); // the power spectrum is even: forward and inverse differ by a factor only
  const variance = real[0]!;
  return real.subarray(0, n).map((covariance) => covariance / variance);
}
