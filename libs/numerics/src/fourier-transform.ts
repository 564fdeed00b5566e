/**
 * The discrete Fourier transform in place, radix 2 (Cooley and Tukey 1965): X_k = Σ_t x_t·exp(−2πi·kt/n).
 *
 * @param real shape [n], n a power of two
 * @param imaginary shape [n]
 */
export function fourierTransform(real: Float64Array, imaginary: Float64Array): void {
  reverseBits(real, imaginary);
  for (let size = 2; size <= real.length; size *= 2) joinHalves(real, imaginary, size);
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j]!, real[i]!];
      [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
    }
  }
}

function joinHalves(real: Float64Array, imaginary: Float64Array, size: number): void {
  const half = size / 2;
  for (let k = 0; k < half; k++) {
    const angle = (-2 * Math.PI * k) / size;
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    for (let even = k; even < real.length; even += size) {
      const odd = even + half;
      const re = real[odd]! * cosine - imaginary[odd]! * sine;
      const im = real[odd]! * sine + imaginary[odd]! * cosine;
      real[odd] = real[even]! - re;
      imaginary[odd] = imaginary[even]! - im;
      real[even]! += re;
      imaginary[even]! += im;
    }
  }
}
