/** Scores of units that were held out, and which unit each one comes from. */
export interface UnitScores {
  /** How far off each window was, shape [windows]. */
  readonly scores: ArrayLike<number>;
  /** Any number that is the same for windows of one unit, shape [windows]. */
  readonly unitOf: ArrayLike<number>;
}

/**
 * How much mass is set aside for the unit that is to come: `guaranteed` counts it as one more unit whose score is infinite,
 * `asymptotic` does not.
 */
export type CoverageGuarantee = 'guaranteed' | 'asymptotic';

/** Sums of weights that should be equal to a coverage differ from it by roundings of this size at most. */
const tolerance = 1e-9;

/**
 * The smallest score q that enough of the weight lies at or below:
 *
 *   Σ_{i: s_i ≤ q} w_i ≥ coverage,   w_i = 1 / ((K + 1)·n_k)
 *
 * for a score of unit k, one of K, which has n_k of them; the mass 1 / (K + 1) that is left belongs to a new unit. Windows of
 * one unit are alike and count as one unit together. A random window of a new unit then scores at most q with probability
 * ≥ coverage, if only the units are exchangeable (hierarchical conformal prediction: Lee, Barber & Willett 2023; with
 * windows of one unit each drawn once: Dunn, Wasserman & Ramdas 2022). With one score per unit, q is the
 * ceil((n + 1)·coverage)-th smallest of n (Vovk, Gammerman & Shafer 2005; Lei et al. 2018).
 *
 * `asymptotic`: w_i = 1 / (K·n_k), the pooled distribution of Dunn et al. (2022), without a bound for few units.
 *
 * @returns `Infinity` where K units are too few for the coverage, see {@link unitsNeeded}
 *
 * @example
 * ```ts
 * import { conformalQuantile } from '@i-drill/training';
 * conformalQuantile({ scores: [3, 1, 4, 2], unitOf: [0, 1, 2, 3] }, 0.5); // => 3
 * conformalQuantile({ scores: [3, 1, 4, 2], unitOf: [0, 1, 2, 3] }, 0.9); // => Infinity
 * conformalQuantile({ scores: [9, 9, 9, 1, 2], unitOf: [0, 0, 0, 1, 2] }, 0.5); // => 2
 * ```
 */
export function conformalQuantile(
  { scores, unitOf }: UnitScores,
  coverage: number,
  guarantee: CoverageGuarantee = 'guaranteed',
): number {
  const counts = countsPerUnit(unitOf);
  const shares = counts.size + (guarantee === 'guaranteed' ? 1 : 0);
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let mass = 0;
  for (const i of order) {
    mass += 1 / (shares * counts.get(unitOf[i]!)!);
    if (mass >= coverage - tolerance) return scores[i]!;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * The least number of units from which {@link conformalQuantile} gives a finite score: K / (K + 1) ≥ coverage.
 *
 * @example
 * ```ts
 * import { unitsNeeded } from '@i-drill/training';
 * unitsNeeded(0.9); // => 9
 * ```
 */
export function unitsNeeded(coverage: number): number {
  return Math.max(1, Math.ceil(coverage / (1 - coverage) - tolerance));
}

/** Windows of each unit. */
export function countsPerUnit(unitOf: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const unit of Array.from(unitOf)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return counts;
}
