import { requireSorted } from './sorted-sample.js';

/**
 * The 1-Wasserstein (earth mover's) distance between two sorted samples, in the unit of the values:
 *
 *   W = ∫ |F_a(x) − F_b(x)| dx
 *
 * A shift of every value by s gives exactly |s|. Agrees with `scipy.stats.wasserstein_distance`. O(n + m).
 *
 * @example
 * ```ts
 * import { wassersteinDistance } from '@i-drill/numerics';
 * wassersteinDistance([0, 1, 3], [5, 6, 8]); // => 5
 * ```
 */
export function wassersteinDistance(sortedA: ArrayLike<number>, sortedB: ArrayLike<number>): number {
  requireSorted(sortedA, 'measure a distance between samples');
  requireSorted(sortedB, 'measure a distance between samples');
  const [n, m] = [sortedA.length, sortedB.length];
  let area = 0;
  let i = 0;
  let j = 0;
  let previous = Math.min(sortedA[0]!, sortedB[0]!);
  while (i < n || j < m) {
    const x = Math.min(sortedA[i] ?? Infinity, sortedB[j] ?? Infinity);
    area += Math.abs(i / n - j / m) * (x - previous);
    while (i < n && sortedA[i]! <= x) i++;
    while (j < m && sortedB[j]! <= x) j++;
    previous = x;
  }
  return area;
}
