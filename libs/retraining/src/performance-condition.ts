import type { ConditionResult } from './decision.js';
import { degradation, type MetricPair } from './degradation.js';
import { metricDirection } from './metric-direction.js';
import type { PerformanceBasedSettings } from './settings.js';
import type { RetrainingState } from './state.js';

const defaultScale = 0.1;

/** Whether the served version is worse on live data than it was in its own validation, by its worst metric. */
export function performanceCondition(settings: PerformanceBasedSettings, state: RetrainingState): ConditionResult {
  const threshold = settings.degradationThreshold;
  if (!settings.enabled) return outcome('disabled', null, threshold, 'switched off');
  const blocker = whyNotComparable(state);
  if (blocker !== undefined) return outcome('unknown', null, threshold, blocker);
  return judge(settings, comparable(settings, state));
}

function whyNotComparable({ productionVersion, live }: RetrainingState): string | undefined {
  if (productionVersion === undefined) return 'there is no Production version';
  if (live === undefined) return 'no live performance was measured';
  const isUsable = live.status === 'passed' || live.status === 'failed';
  return isUsable ? undefined : `the live performance could not be judged (${live.status})`;
}

interface Comparable {
  readonly pairs: readonly MetricPair[];
  /** Metrics that were asked for, or had a value, and cannot be compared. */
  readonly lacking: readonly string[];
}

function comparable({ metrics }: PerformanceBasedSettings, { productionVersion, live }: RetrainingState): Comparable {
  const baselines = productionVersion?.validationMetrics ?? {};
  const values = live?.metrics ?? {};
  const names =
    metrics ?? Object.keys(baselines).filter((name) => name in values && metricDirection(name) !== undefined);
  const pairs = names.map((name) => ({ name, baseline: baselines[name] ?? NaN, live: values[name] ?? NaN }));
  return { pairs: pairs.filter(isFinitePair), lacking: pairs.filter((pair) => !isFinitePair(pair)).map((p) => p.name) };
}

function isFinitePair({ name, baseline, live }: MetricPair): boolean {
  return Number.isFinite(baseline) && Number.isFinite(live) && metricDirection(name) !== undefined;
}

function judge(settings: PerformanceBasedSettings, { pairs, lacking }: Comparable): ConditionResult {
  const { degradationThreshold: threshold, absoluteScale = defaultScale } = settings;
  const [worst] = pairs
    .map((pair) => ({ pair, value: degradation(pair, absoluteScale) }))
    .sort((a, b) => b.value - a.value);

  if (worst === undefined) return outcome('unknown', null, threshold, noMetric(lacking));
  const { name, baseline, live } = worst.pair;
  const reason = `${name} is ${shown(live)} live and was ${shown(baseline)} in validation: ${asLoss(worst.value)}`;
  if (worst.value > threshold) return outcome('met', worst.value, threshold, reason);
  if (lacking.length > 0) return outcome('unknown', worst.value, threshold, `${reason}; ${noMetric(lacking)}`);
  return outcome('not-met', worst.value, threshold, reason);
}

function noMetric(lacking: readonly string[]): string {
  if (lacking.length === 0) return 'live and validation metrics have no known metric in common';
  return `no comparable value of ${lacking.join(', ')}`;
}

function asLoss(value: number): string {
  return value > 0 ? `${shown(value * 100)} % worse` : `${shown(-value * 100)} % better`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function outcome(
  status: ConditionResult['status'],
  value: number | null,
  threshold: number,
  reason: string,
): ConditionResult {
  return { condition: 'performance', status, value, threshold, reason };
}
