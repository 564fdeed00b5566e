import type { Rng } from '@i-drill/core';

/**
 * A copy of the items in random order (Fisher and Yates; Knuth, TAOCP vol. 2, algorithm 3.4.2P). Every order is
 * equally likely.
 *
 * @example
 * ```ts
 * import { createRng, shuffle } from '@i-drill/numerics';
 * shuffle(['a', 'b', 'c'], createRng(1)).length; // => 3
 * ```
 */
export function shuffle<T>(items: readonly T[], rng: Rng): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(rng.next() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}
