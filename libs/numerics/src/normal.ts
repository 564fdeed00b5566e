import type { Rng } from '@i-drill/core';

/**
 * One standard normal deviate, by the transform of Box and Muller (1958): √(−2 ln u)·cos(2πv). Takes two uniform
 * numbers each time and keeps nothing, so that streams can be interleaved without surprise.
 *
 * @example
 * ```ts
 * import { createRng, normal } from '@i-drill/numerics';
 * const rng = createRng(1);
 * Number.isFinite(normal(rng)); // => true
 * ```
 */
export function normal(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.next())); // 1 − u is never 0
  return radius * Math.cos(2 * Math.PI * rng.next());
}
