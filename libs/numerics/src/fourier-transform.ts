/** exp(−2πi·k/n) for k < n/2: computed once, used by every transform of one length. */
export interface RootsOfUnity {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** The roots for transforms of length n. */
export function rootsOfUnity(n: number): RootsOfUnity {
  const angles = Float64Array.from({ length: n / 2 }, (_, k) => (-2 * Math.PI * k) / n);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}

/**
 * The discrete Fourier transform in place, radix 2 (Cooley and Tukey 1965): X_k = Σ_t x_t·exp(−2πi·kt/n).
 *
 * @param real shape [n], n a power of two
 * @param imaginary shape [n]
 * @param roots those of n
 */
export function fourierTransform(real: Float64Array, imaginary: Float64Array, roots: RootsOfUnity): void {
  reverseBits(real, imaginary);
  for (let size = 2; size <= real.length; size *= 2) joinHalves(real, imaginary, { size, ...roots });
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

function joinHalves(
  real: Float64Array,
  imaginary: Float64Array,
  { size, cosines, sines }: RootsOfUnity & { readonly size: number },
): void {
  const half = size / 2;
  const stride = real.length / size;
  for (let k = 0; k < half; k++) {
    const cosine = cosines[k * stride]!;
    const sine = sines[k * stride]!;
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
