import type { PredictionInterval } from '@i-drill/core';
import { binOf } from './prediction-bins.js';

/** The ends of an interval, target units. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** The predicted quantiles of many windows, shape [windows] each. */
export interface PredictedQuantiles {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/**
 * The interval of one prediction:
 *
 *   lower = base_lower − below[bin],  upper = base_upper + above[bin],  both cut to [minimum, maximum]
 *
 * where both bases are the prediction, or the predicted quantiles, in order if they have crossed. Where negative margins
 * (quantiles that were too far apart) make the ends cross, both are the middle between them. Cutting loses no coverage: what
 * can be true lies inside the bounds.
 *
 * @param quantiles predicted at the same window; needed where the method is `conformalised-quantiles`
 *
 * @example
 * ```ts
 * import { intervalOf } from '@i-drill/training';
 * const interval = {
 *   method: 'split-conformal', coverage: 0.9, edges: [50], below: [4, 20], above: [4, 20], minimum: 0,
 *   calibratedOn: { windows: 800, units: 40 },
 * } as const;
 * intervalOf(3, interval); // => { lower: 0, upper: 7 }
 * intervalOf(50, interval); // => { lower: 30, upper: 70 }
 * ```
 */
export function intervalOf(prediction: number, interval: PredictionInterval, quantiles?: Bounds): Bounds {
  const bin = binOf(prediction, interval.edges);
  const base = intervalBase(prediction, interval.method, quantiles);
  const lower = base.lower - interval.below[bin]!;
  const upper = base.upper + interval.above[bin]!;
  const middle = (lower + upper) / 2;
  return { lower: cut(Math.min(lower, middle), interval), upper: cut(Math.max(upper, middle), interval) };
}

/** What margins are added to: the prediction itself, or the predicted quantiles in order. */
export function intervalBase(prediction: number, method: PredictionInterval['method'], quantiles?: Bounds): Bounds {
  if (method === 'split-conformal') return { lower: prediction, upper: prediction };
  if (quantiles === undefined) {
    throw new RangeError(
      'Cannot give the interval of a prediction: its quantiles are missing; give those of its window',
    );
  }
  const { lower, upper } = quantiles;
  return { lower: Math.min(lower, upper), upper: Math.max(lower, upper) };
}

/** The quantiles of window `i`, if there are any. */
export function quantilesAt(quantiles: PredictedQuantiles | undefined, i: number): Bounds | undefined {
  return quantiles && { lower: quantiles.lower[i]!, upper: quantiles.upper[i]! };
}

function cut(value: number, { minimum = -Infinity, maximum = Infinity }: PredictionInterval): number {
  return Math.min(maximum, Math.max(minimum, value));
}
