import { quantileOfSorted } from '@i-drill/numerics';

const shares = [0.25, 0.5, 0.75];

/** The values at which dependence is looked at: the quartiles of the reference. Equal ones are kept once. */
export function dependenceLevels(sortedReference: ArrayLike<number>): number[] {
  return [...new Set(shares.map((share) => quantileOfSorted(sortedReference, share)))];
}

/**
 * On which side of a level each value lies: 0 below, 1 above, ½ on it. Their mean is one minus the (mid-)distribution
 * function at the level, so that their variance is what a distance between distributions has to reckon with.
 */
export function levelScores(values: ArrayLike<number>, level: number): Float64Array {
  return Float64Array.from(values, (value) => (1 + Math.sign(value - level)) / 2);
}
