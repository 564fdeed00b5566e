import type { Rng } from '@i-drill/core';
import { quantile } from './quantile.js';

/** How a bootstrap interval is drawn. */
export interface BootstrapOptions {
  readonly rng: Rng;
  /** Number of resamples, for example 2000. */
  readonly resamples: number;
  /** Share of the time the interval is meant to hold the truth, for example 0.95. */
  readonly level: number;
}

/** A two-sided interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The percentile bootstrap interval of a statistic (Efron and Tibshirani 1993, ch. 13): the statistic of `resamples`
 * draws with replacement, cut at (1 − level)/2 on either side. The values must be independent: give one per unit, not
 * one per row. With fewer than about 20 values it covers somewhat less than `level`.
 *
 * @example
 * ```ts
 * import { bootstrapInterval, createRng, mean } from '@i-drill/numerics';
 * bootstrapInterval([3, 3, 3], mean, { rng: createRng(1), resamples: 100, level: 0.9 }); // => { low: 3, high: 3 }
 * ```
 */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (values: readonly number[]) => number,
  options: BootstrapOptions,
): Interval {
  requireDrawable(values, options);
  const { rng, resamples, level } = options;
  const statistics = Array.from({ length: resamples }, () => statistic(drawWithReplacement(values, rng)));
  const tail = (1 - level) / 2;
  return { low: quantile(statistics, tail), high: quantile(statistics, 1 - tail) };
}

function drawWithReplacement(values: readonly number[], rng: Rng): number[] {
  return values.map(() => values[Math.floor(rng.next() * values.length)]!);
}

function requireDrawable(values: readonly number[], { resamples, level }: BootstrapOptions): void {
  if (values.length === 0) throw new RangeError('Cannot bootstrap: there are 0 values; give at least 1');
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new RangeError(`Cannot bootstrap: resamples is ${resamples}; give a positive whole number`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot bootstrap: level is ${level}; give a share in (0, 1)`);
}
