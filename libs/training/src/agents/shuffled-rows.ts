import { uniformsAt } from '@i-drill/numerics';
import type { NoisePlace } from './noise-streams.js';

/** The numbers 0 to count − 1 in random order (Fisher and Yates; Knuth, algorithm P), the same for the same place. */
export function shuffledRows(count: number, { seed, stream, step }: NoisePlace): Int32Array {
  const draws = new Float64Array(count);
  uniformsAt(draws, seed, stream, step);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(draws[i]! * (i + 1));
    const kept = order[i]!;
    order[i] = order[other]!;
    order[other] = kept;
  }
  return order;
}
