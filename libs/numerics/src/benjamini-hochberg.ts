/**
 * p-values adjusted for their number by the step-up procedure of Benjamini and Hochberg (1995): rejecting where the
 * adjusted value is below α keeps the expected share of false alarms among the alarms below α; with nothing to find,
 * the chance of any alarm at all. Holds for independent or positively dependent tests.
 *
 *   adjusted_(i) = min over j ≥ i of p_(j)·n/j,   at most 1
 *
 * @returns adjusted values in the order of the input
 *
 * @example
 * ```ts
 * import { benjaminiHochberg } from '@i-drill/numerics';
 * benjaminiHochberg([0.04, 0.01, 0.5]); // => [0.06, 0.03, 0.5]
 * ```
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const bad = pValues.find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) throw new RangeError(`Cannot adjust p-values: one is ${bad}; give numbers in [0, 1]`);
  const n = pValues.length;
  const ascending = pValues.map((_, index) => index).sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted = new Array<number>(n);
  let smallest = 1;
  for (let rank = n; rank >= 1; rank--) {
    const index = ascending[rank - 1]!;
    smallest = Math.min(smallest, (pValues[index]! * n) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}
