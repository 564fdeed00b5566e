/** Rotations of the rounds, eight pairs in turn (Salmon et al. 2011, table 2, 4 × 32). */
const rotations = [
  [10, 26, 11, 21, 13, 27, 23, 5],
  [6, 20, 17, 11, 25, 10, 18, 20],
] as const;
const parity = 0x1bd11bda;

/**
 * Threefry-4×32-20: four words that depend on a key and a counter and on nothing else (Salmon, Moraes, Dror & Shaw 2011,
 * "Parallel random numbers: as easy as 1, 2, 3", SC'11). There is no state to be kept: a number is drawn by where it stands.
 *
 * @param key four 32-bit words
 * @param counter four 32-bit words
 * @param out takes the four words
 */
export function threefry(key: Int32Array, counter: Int32Array, out: Int32Array): void {
  const k = [key[0]!, key[1]!, key[2]!, key[3]!, parity ^ key[0]! ^ key[1]! ^ key[2]! ^ key[3]!] as const;
  let x0 = (counter[0]! + k[0]) | 0;
  let x1 = (counter[1]! + k[1]) | 0;
  let x2 = (counter[2]! + k[2]) | 0;
  let x3 = (counter[3]! + k[3]) | 0;
  for (let group = 1; group <= 5; group++) {
    const r = rotations[(group - 1) & 1]!;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r[0]) | (x1 >>> (32 - r[0]))) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << r[1]) | (x3 >>> (32 - r[1]))) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << r[2]) | (x3 >>> (32 - r[2]))) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << r[3]) | (x1 >>> (32 - r[3]))) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r[4]) | (x1 >>> (32 - r[4]))) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << r[5]) | (x3 >>> (32 - r[5]))) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << r[6]) | (x3 >>> (32 - r[6]))) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << r[7]) | (x1 >>> (32 - r[7]))) ^ x2;
    x0 = (x0 + k[group % 5]!) | 0;
    x1 = (x1 + k[(group + 1) % 5]!) | 0;
    x2 = (x2 + k[(group + 2) % 5]!) | 0;
    x3 = (x3 + k[(group + 3) % 5]! + group) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}
