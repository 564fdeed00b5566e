const parity = 0x1bd11bda;
/** The four words of the key and their parity. */
const k = new Int32Array(5);

/**
 * Threefry-4×32-20: four words that depend on a key and a counter and on nothing else (Salmon, Moraes, Dror & Shaw 2011,
 * "Parallel random numbers: as easy as 1, 2, 3", SC'11). There is no state to be kept: a number is drawn by where it stands.
 * Rotations as in their table 2, written out: with a table, it takes half as long again.
 *
 * @param key four 32-bit words
 * @param counter four 32-bit words
 * @param out takes the four words
 */
export function threefry(key: Int32Array, counter: Int32Array, out: Int32Array): void {
  k.set(key);
  k[4] = parity ^ key[0]! ^ key[1]! ^ key[2]! ^ key[3]!;
  let x0 = (counter[0]! + k[0]!) | 0;
  let x1 = (counter[1]! + k[1]!) | 0;
  let x2 = (counter[2]! + k[2]!) | 0;
  let x3 = (counter[3]! + k[3]!) | 0;
  for (let group = 1; ; group += 2) {
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
    x0 = (x0 + k[group % 5]!) | 0;
    x1 = (x1 + k[(group + 1) % 5]!) | 0;
    x2 = (x2 + k[(group + 2) % 5]!) | 0;
    x3 = (x3 + k[(group + 3) % 5]! + group) | 0;
    if (group === 5) break;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2;
    x0 = (x0 + k[(group + 1) % 5]!) | 0;
    x1 = (x1 + k[(group + 2) % 5]!) | 0;
    x2 = (x2 + k[(group + 3) % 5]!) | 0;
    x3 = (x3 + k[(group + 4) % 5]! + group + 1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}
