import type { Rng } from '@i-drill/core';

/** Four 32-bit words, not all zero. */
export type RngState = readonly [number, number, number, number];

/**
 * A seeded generator of uniform numbers in [0, 1): xoshiro128** of Blackman and Vigna (2021, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47(4)), its state filled by SplitMix64 as the authors advise. Each number
 * takes 53 bits from two 32-bit outputs. The same seed gives the same numbers on every platform.
 *
 * @param seed a safe integer; its value modulo 2^64 counts
 *
 * @example
 * ```ts
 * import { createRng } from '@i-drill/numerics';
 * createRng(7).next() === createRng(7).next(); // => true
 * ```
 */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Cannot seed a generator: seed is ${seed}; give a safe integer`);
  }
  const nextUint32 = xoshiro128StarStar(stateFromSeed(seed));
  return {
    next(): number {
      const high = nextUint32() >>> 5; // 27 bits
      const low = nextUint32() >>> 6; // 26 bits
      return (high * 0x4000000 + low) / 0x20000000000000;
    },
  };
}

/** The bare generator: a function that gives the next 32-bit output, as an unsigned integer. */
export function xoshiro128StarStar(state: RngState): () => number {
  let [a, b, c, d] = state;
  return () => {
    const output = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return output;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Two outputs of SplitMix64 (Steele, Lea and Flood 2014), low word first. */
function stateFromSeed(seed: number): RngState {
  const first = splitMix64(BigInt(seed) + 0x9e3779b97f4a7c15n);
  const second = splitMix64(BigInt(seed) + 2n * 0x9e3779b97f4a7c15n);
  return [lowWord(first), lowWord(first >> 32n), lowWord(second), lowWord(second >> 32n)];
}

function splitMix64(counter: bigint): bigint {
  let z = BigInt.asUintN(64, counter);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

function lowWord(value: bigint): number {
  return Number(BigInt.asUintN(32, value));
}
