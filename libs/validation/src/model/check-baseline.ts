import type { CheckResult, Consequences, Rng, Status } from '@i-drill/core';
import { bootstrapInterval, mean, type Interval } from '@i-drill/numerics';
import { blockAlways } from '../block-always.js';
import { counted, figure, percent } from '../figure.js';
import { smallSampleLevel } from './small-sample-level.js';

/** A model and the trivial answer, judged on the same units. */
export interface BaselineComparison {
  /** Of the trivial answer: `mean-life`. */
  readonly name: string;
  /** What the errors are, for the reader: `mean absolute error [h]`. */
  readonly metric: string;
  /** What one entry of the errors stands for. @default 'independent unit' */
  readonly blockName?: string;
  /** Mean absolute error per independent unit. */
  readonly modelErrors: readonly number[];
  /** The same of the trivial answer, in the same order of units. */
  readonly baselineErrors: readonly number[];
  /** Share by which the model must be better, in [0, 1). */
  readonly minImprovement: number;
  readonly rng: Rng;
  /** Fewer units are inconclusive; at least 2. @default 5 */
  readonly minUnits?: number;
  /** @default everything blocks */
  readonly consequences?: Consequences;
}

const resamples = 10_000;

/**
 * Whether a model is better than the trivial answer, paired by unit, so that hard units do not hide it:
 *
 *   gain_u = (1 − minImprovement)·baseline_u − model_u
 *
 * `passed` where the 95 % bootstrap interval of the mean gain lies above 0, `failed` where it lies below, `inconclusive`
 * where it holds 0 or there are too few units, `error` where errors are missing, not finite or not paired.
 *
 * A model that is no better passes in 4 to 5 % of trials with 5 units and in 2 to 4 % with 8 to 50 (nominal: 2.5 %; see the README).
 *
 * @example
 * ```ts
 * import { createRng } from '@i-drill/numerics';
 * import { checkBaseline } from '@i-drill/validation';
 * const baseline = { name: 'mean-life', metric: 'mean absolute error [h]', minImprovement: 0, rng: createRng(1) };
 * const baselineErrors = [9, 8, 10, 9, 11];
 * checkBaseline({ ...baseline, modelErrors: [5, 4, 6, 5, 7], baselineErrors }).status; // => 'passed'
 * checkBaseline({ ...baseline, modelErrors: [5, 12, 6, 13, 11], baselineErrors }).status; // => 'inconclusive'
 * ```
 */
export function checkBaseline(comparison: BaselineComparison): CheckResult {
  const { modelErrors, baselineErrors } = comparison;
  const minUnits = leastUnits(comparison);
  const fault = faultOf(modelErrors, baselineErrors);
  if (fault !== undefined) return result(comparison, 'error', fault);
  const units = counted(modelErrors.length, comparison.blockName ?? 'independent unit');
  if (modelErrors.length < minUnits) return result(comparison, 'inconclusive', `${units}, at least ${minUnits} needed`);

  const interval = gainInterval(comparison);
  const status = interval.low > 0 ? 'passed' : interval.high < 0 ? 'failed' : 'inconclusive';
  return result(
    comparison,
    status,
    `${comparisonText(comparison)} over ${units}; ${gainText(comparison, interval)}`,
    interval,
  );
}

function faultOf(model: readonly number[], baseline: readonly number[]): string | undefined {
  if (model.length !== baseline.length)
    return `${model.length} errors of the model for ${baseline.length} of the baseline`;
  if (model.length === 0) return 'no errors were measured';
  return [...model, ...baseline].every((error) => Number.isFinite(error) && error >= 0)
    ? undefined
    : 'an error is missing, negative or not finite';
}

function gainInterval({ modelErrors, baselineErrors, minImprovement, rng }: BaselineComparison): Interval {
  const gains = modelErrors.map((error, i) => (1 - minImprovement) * baselineErrors[i]! - error);
  return bootstrapInterval(gains, mean, { rng, resamples, level: smallSampleLevel(gains.length) });
}

function comparisonText({ name, metric, modelErrors, baselineErrors }: BaselineComparison): string {
  return `${metric} ${figure(mean(modelErrors))}, of ${name} ${figure(mean(baselineErrors))}`;
}

function gainText({ minImprovement }: BaselineComparison, { low, high }: Interval): string {
  const beyond = minImprovement === 0 ? 'gain' : `gain beyond ${percent(minImprovement)}`;
  return `${beyond} between ${figure(low)} and ${figure(high)} (95 % interval)`;
}

function result(comparison: BaselineComparison, status: Status, reason: string, interval?: Interval): CheckResult {
  const { name, metric, modelErrors, baselineErrors, consequences = blockAlways } = comparison;
  return {
    check: `baseline.${name}`,
    status,
    reason,
    measurements: [
      { name: `${metric}: model`, value: meanOrNull(modelErrors) },
      { name: `${metric}: ${name}`, value: meanOrNull(baselineErrors) },
      { name: 'smallest likely gain', value: interval?.low ?? null, limit: '> 0' },
      { name: 'largest likely gain', value: interval?.high ?? null },
      {
        name: `${comparison.blockName ?? 'independent unit'}s`,
        value: modelErrors.length,
        limit: `>= ${leastUnits(comparison)}`,
      },
    ],
    consequences,
  };
}

/** One unit has no spread to draw an interval from. */
function leastUnits({ minUnits = 5 }: BaselineComparison): number {
  return Math.max(2, minUnits);
}

function meanOrNull(errors: readonly number[]): number | null {
  const value = errors.length === 0 ? Number.NaN : mean(errors);
  return Number.isFinite(value) ? value : null;
}
