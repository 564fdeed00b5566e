import { kolmogorovSurvival } from './kolmogorov-distribution.js';
import { requireSorted } from './sorted-sample.js';

/** How many independent observations each sample is worth. */
export interface SampleSizes {
  readonly a: number;
  readonly b: number;
}

/** Outcome of a two-sample Kolmogorov–Smirnov test. */
export interface KolmogorovSmirnovResult {
  /** Largest vertical distance between the two empirical distributions, in [0, 1]. */
  readonly statistic: number;
  /** Two-sided, from the limiting distribution. */
  readonly pValue: number;
}

/**
 * The two-sample Kolmogorov–Smirnov test of sorted samples:
 *
 *   D = max_x |F_a(x) − F_b(x)|,   p = Q(√(ab/(a + b))·D),   Q Kolmogorov's limiting distribution
 *
 * Ties are stepped over together. Dependent rows carry less than they count: give `sizes` from
 * {@link effectiveSampleSize} and p uses them in place of the lengths; D never changes.
 *
 * The statistic is that of `scipy.stats.ks_2samp`; p is `scipy.stats.kstwobign.sf(√(ab/(a + b))·D)`. SciPy's own
 * `method='asymp'` rounds ab/(a + b) to a whole number and uses the one-sample distribution of that size, which is
 * undefined for effective sizes below 1 and calls D = 1 of two samples of 4 p = 0 (exactly: 2/70).
 *
 * @example
 * ```ts
 * import { kolmogorovSmirnov } from '@i-drill/numerics';
 * kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6]).statistic; // => 0.5
 * ```
 */
export function kolmogorovSmirnov(
  sortedA: ArrayLike<number>,
  sortedB: ArrayLike<number>,
  sizes: SampleSizes = { a: sortedA.length, b: sortedB.length },
): KolmogorovSmirnovResult {
  requireSorted(sortedA, 'compare two samples');
  requireSorted(sortedB, 'compare two samples');
  if (!(sizes.a > 0 && sizes.b > 0)) {
    throw new RangeError(`Cannot compare two samples: sizes are ${sizes.a} and ${sizes.b}; give positive numbers`);
  }
  const statistic = largestDistance(sortedA, sortedB);
  const size = sizes.a / (1 + sizes.a / sizes.b);
  return { statistic, pValue: kolmogorovSurvival(Math.sqrt(size) * statistic) };
}

function largestDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= x) i++;
    while (j < b.length && b[j]! <= x) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
