import type { Rng } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';

/** What random numbers are drawn for; each purpose has numbers of its own. */
const purposes = { order: 1, dropout: 2 } as const;

/**
 * The generator for one purpose at one point of a training. It depends on nothing but its arguments, so that a training that
 * goes on from a checkpoint draws what it would have drawn.
 *
 * The seed of the generator is made by a chain: s ← ⌊2⁵⁰ · first number of a generator seeded with s⌋ + next argument.
 */
export function randomStream(seed: number, purpose: keyof typeof purposes, ...position: readonly number[]): Rng {
  const chained = [purposes[purpose], ...position].reduce(
    (previous, next) => Math.floor(createRng(previous).next() * 2 ** 50) + next,
    seed,
  );
  return createRng(chained);
}
