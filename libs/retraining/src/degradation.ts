import { metricDirection } from './metric-direction.js';

/** One metric, then and now. */
export interface MetricPair {
  readonly name: string;
  readonly baseline: number;
  readonly live: number;
}

/**
 * How much worse a metric is than its baseline, as a share of the baseline; negative when it is better.
 *
 *   lower is better:  d = (live − baseline) / max(|baseline|, scale)
 *   higher is better: d = (baseline − live) / max(|baseline|, scale)
 *
 * The size of the baseline, not its sign, is the unit: a reward that falls from −100 to −150 is 0.5 worse. Below `scale` a
 * baseline is no unit: dividing by an r² of 0.001 would make any change a catastrophe, so `scale` takes its place.
 *
 * @throws RangeError for a metric without a known direction
 *
 * @example
 * ```ts
 * import { degradation } from '@i-drill/retraining';
 * degradation({ name: 'rmse', baseline: 20, live: 25 }, 0.1); // => 0.25
 * degradation({ name: 'reward', baseline: -100, live: -150 }, 0.1); // => 0.5
 * degradation({ name: 'r2', baseline: 0, live: -0.25 }, 0.5); // => 0.5
 * ```
 */
export function degradation({ name, baseline, live }: MetricPair, scale: number): number {
  const direction = metricDirection(name);
  if (direction === undefined) throw new RangeError(`Cannot compare "${name}": which way it gets better is not known`);
  const loss = direction === 'lower-is-better' ? live - baseline : baseline - live;
  return loss / Math.max(Math.abs(baseline), scale);
}
