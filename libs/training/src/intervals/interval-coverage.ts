import { mean } from '@i-drill/numerics';
import { countsPerUnit } from './conformal-quantile.js';

/** Intervals of units that were held out, and what was true. All arrays have shape [windows], target units. */
export interface CoverageSample {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** Any number that is the same for windows of one unit. */
  readonly unitOf: ArrayLike<number>;
}

/** How often intervals held the true value. */
export interface IntervalCoverage {
  /** Mean over units of the share of their windows whose interval holds the target, ends included. */
  readonly coverage: number;
  /** 95 % confidence interval of the coverage over units that could have been drawn. */
  readonly confidence: { readonly low: number; readonly high: number };
  /** Mean over units of their mean width, target units. */
  readonly width: number;
  readonly units: number;
  readonly windows: number;
}

const z = 1.959963984540054; // Φ⁻¹(0.975)

/**
 * Measures coverage and width, every unit counting alike. The confidence interval is Wilson's (1927) with the effective sample
 * size of clustered data, n = p(1 − p) / SE² (Korn & Graubard 1998), where SE is the standard error of the mean over units;
 * at least the number of units.
 *
 * @throws RangeError for an empty sample or arrays of different lengths
 *
 * @example
 * ```ts
 * import { intervalCoverage } from '@i-drill/training';
 * const sample = { lower: [0, 0, 5, 5], upper: [9, 9, 7, 7], targets: [3, 10, 6, 5], unitOf: [0, 0, 1, 1] };
 * const { coverage, width, units } = intervalCoverage(sample);
 * [coverage, width, units]; // => [0.75, 5.5, 2]
 * ```
 */
export function intervalCoverage(sample: CoverageSample): IntervalCoverage {
  requireSample(sample);
  const { lower, upper, targets, unitOf } = sample;
  const covered = meanPerUnit(unitOf, (i) => (lower[i]! <= targets[i]! && targets[i]! <= upper[i]! ? 1 : 0));
  const widths = meanPerUnit(unitOf, (i) => upper[i]! - lower[i]!);
  const coverage = mean(covered);
  return {
    coverage,
    confidence: wilson(coverage, effectiveSize(covered, coverage)),
    width: mean(widths),
    units: covered.length,
    windows: targets.length,
  };
}

function meanPerUnit(unitOf: ArrayLike<number>, value: (i: number) => number): number[] {
  const counts = countsPerUnit(unitOf);
  const sums = new Map([...counts.keys()].map((unit) => [unit, 0]));
  for (let i = 0; i < unitOf.length; i++) sums.set(unitOf[i]!, sums.get(unitOf[i]!)! + value(i));
  return [...counts].map(([unit, count]) => sums.get(unit)! / count);
}

function effectiveSize(shares: readonly number[], share: number): number {
  const units = shares.length;
  const squares = shares.reduce((sum, each) => sum + (each - share) ** 2, 0);
  const squaredError = squares / (units * Math.max(1, units - 1));
  return squaredError === 0 ? units : Math.max(units, (share * (1 - share)) / squaredError);
}

function wilson(share: number, n: number): { low: number; high: number } {
  const centre = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

function requireSample({ lower, upper, targets, unitOf }: CoverageSample): void {
  const lengths = [lower, upper, targets, unitOf].map((values) => values.length);
  if (lengths[0]! > 0 && new Set(lengths).size === 1) return;
  throw new RangeError(
    `Cannot measure coverage: lower, upper, targets and unitOf hold ${lengths.join(', ')} values; give the same number, at least 1`,
  );
}
