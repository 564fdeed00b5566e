import type { Rng } from '@i-drill/core';
import { createRng, normal } from '@i-drill/numerics';

/** A closed range, low first. */
export type Range = readonly [low: number, high: number];

/** Uniform in the range. */
export function uniform([low, high]: Range, rng: Rng): number {
  return low + (high - low) * rng.next();
}

/** A factor with median 1 whose logarithm has the given standard deviation, cut at three of them. */
export function logNormalFactor(spread: number, rng: Rng): number {
  return Math.exp(spread * clamp(normal(rng), [-3, 3]));
}

/** The value, or the nearer end of the range. */
export function clamp(value: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, value));
}

/** A seed drawn from a generator, for a generator of its own. */
export function drawSeed(rng: Rng): number {
  return Math.floor(rng.next() * 2 ** 32);
}

/** A generator that does not depend on how many numbers others draw. */
export function forkRng(rng: Rng): Rng {
  return createRng(drawSeed(rng));
}
