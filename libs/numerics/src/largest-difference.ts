/**
 * Largest |a_i − b_i|. Infinite where a value is NaN, where both are the same infinity, or where the lengths differ: what
 * cannot be compared is never within a tolerance. Two empty lists differ by 0.
 *
 * @example
 * ```ts
 * import { largestDifference } from '@i-drill/numerics';
 * largestDifference(Float32Array.of(1, 2), Float32Array.of(1, 2.5)); // => 0.5
 * largestDifference(Float32Array.of(NaN), Float32Array.of(NaN)); // => Infinity
 * largestDifference(Float32Array.of(1), Float32Array.of(1, 2)); // => Infinity
 * ```
 */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}
