import { requirePairs } from './require-pairs.js';

/** How often predicted classes are right. */
export interface ClassificationMetrics {
  /** Share of predictions that are right. */
  readonly accuracy: number;
  /** Mean recall of the classes that occur: what always saying the same of two classes gives is 0.5. */
  readonly balancedAccuracy: number;
  /** Mean F1 of the classes that occur or are predicted (macro F1). */
  readonly f1: number;
  /** Matthews' correlation of classes (Gorodkin 2004), in [-1, 1]; 0 for a prediction or a truth that never changes. */
  readonly mcc: number;
  /** Per class, in the order of its index; `null` where the class is neither there nor predicted. */
  readonly perClass: readonly (ClassMetrics | null)[];
}

/** How one class does. A share of nothing is 0: precision of a class never predicted, recall of one that never occurs. */
export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How often it occurs. */
  readonly count: number;
}

/**
 * Metrics of predicted classes against the true ones. All are NaN for no pairs, which passes no check.
 *
 * As scikit-learn gives them with `zero_division=0`: `accuracy_score`, `balanced_accuracy_score`, `f1_score` with
 * `average="macro"`, `matthews_corrcoef`.
 *
 * @param actual index of the class of each window
 * @param predicted the same as the model says it
 * @throws RangeError where the lengths differ, or an index is none of 0 to classes − 1
 *
 * @example
 * ```ts
 * import { classificationMetrics } from '@i-drill/validation';
 * const { accuracy, balancedAccuracy, perClass } = classificationMetrics([0, 0, 0, 1], [0, 0, 1, 1], 2);
 * accuracy; // => 0.75
 * balancedAccuracy; // => (2 / 3 + 1) / 2
 * perClass[1]; // => { precision: 0.5, recall: 1, f1: 2 / 3, count: 1 }
 * ```
 */
export function classificationMetrics(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ClassificationMetrics {
  requirePairs(actual, predicted);
  const counts = countPairs(actual, predicted, classes);
  const perClass = counts.right.map((_, label) => classMetrics(counts, label));
  const seen = perClass.filter((one) => one !== null);
  const right = sum(counts.right);
  return {
    accuracy: right / actual.length,
    balancedAccuracy: mean(seen.filter(({ count }) => count > 0).map(({ recall }) => recall)),
    f1: mean(seen.map(({ f1 }) => f1)),
    mcc: correlation(counts, right, actual.length),
    perClass,
  };
}

/** Per class: how often it occurs, is predicted, and is rightly predicted. */
interface PairCounts {
  readonly occurs: number[];
  readonly predicted: number[];
  readonly right: number[];
}

function countPairs(actual: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): PairCounts {
  const zeros = (): number[] => new Array<number>(classes).fill(0);
  const counts = { occurs: zeros(), predicted: zeros(), right: zeros() };
  for (let i = 0; i < actual.length; i++) {
    count(counts.occurs, actual[i]!);
    count(counts.predicted, predicted[i]!);
    if (actual[i] === predicted[i]) count(counts.right, actual[i]!);
  }
  return counts;
}

function count(counts: number[], label: number): void {
  if (counts[label] === undefined) {
    throw new RangeError(`Cannot count classes: an index is ${label}; give one from 0 to ${counts.length - 1}`);
  }
  counts[label]++;
}

function classMetrics({ occurs, predicted, right }: PairCounts, label: number): ClassMetrics | null {
  const [there, said, hit] = [occurs[label]!, predicted[label]!, right[label]!];
  if (there + said === 0) return null;
  return {
    precision: said === 0 ? 0 : hit / said,
    recall: there === 0 ? 0 : hit / there,
    f1: (2 * hit) / (there + said),
    count: there,
  };
}

/** (c·n − Σ p_k·t_k) / √((n² − Σ p_k²)·(n² − Σ t_k²)), c right of n, t_k true and p_k predicted of class k. */
function correlation({ occurs, predicted }: PairCounts, right: number, pairs: number): number {
  if (pairs === 0) return Number.NaN;
  const product = (a: readonly number[], b: readonly number[]): number => sum(a.map((value, k) => value * b[k]!));
  const spread = (pairs ** 2 - product(predicted, predicted)) * (pairs ** 2 - product(occurs, occurs));
  return spread === 0 ? 0 : (right * pairs - product(predicted, occurs)) / Math.sqrt(spread);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
