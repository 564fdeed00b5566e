import type { CheckResult, Consequences, Measurement, Status } from '@i-drill/core';
import { blockAlways } from '../block-always.js';
import { figure } from '../figure.js';
import { metricSpecs, type MetricName, type MetricSpec, type MetricTask } from './metric-specs.js';

/** Limits per metric. */
export type MetricThresholds = Readonly<Partial<Record<MetricName, number>>>;

/** What a check of metrics may be told besides. */
export interface CheckMetricsOptions {
  /** Unit of the target, shown beside errors. */
  readonly targetUnit?: string;
  /** @default everything blocks */
  readonly consequences?: Consequences;
}

/**
 * Holds metrics against the thresholds of their task, one result each, named `metrics.<key>`. A metric that is missing
 * or not finite is an `error`, never a pass. Thresholds of another task are not applied, and the first result says so;
 * with none left the one result is `inconclusive`.
 *
 * @param metrics by key (`mae`) or by name (`mean_absolute_error`)
 *
 * @example
 * ```ts
 * import { checkMetrics } from '@i-drill/validation';
 * const thresholds = { r2_score: 0.5, accuracy: 0.7 };
 * checkMetrics({ r2: 0.8 }, thresholds, 'regression').map((result) => result.status); // => ['passed']
 * checkMetrics({ r2: NaN }, thresholds, 'regression').map((result) => result.status); // => ['error']
 * checkMetrics({ r2: 0.8 }, thresholds, 'agent').map((result) => result.status); // => ['inconclusive']
 * ```
 */
export function checkMetrics(
  metrics: Readonly<Record<string, number>>,
  thresholds: MetricThresholds,
  task: MetricTask,
  options: CheckMetricsOptions = {},
): CheckResult[] {
  const stated = metricSpecs.filter((spec) => thresholds[spec.name] !== undefined);
  const others = stated.filter((spec) => spec.task !== task);
  const results = stated
    .filter((spec) => spec.task === task)
    .map((spec) => checkMetric(spec, metrics[spec.key] ?? metrics[spec.name], thresholds[spec.name]!, options));
  const [first = nothingToCheck(task, options), ...rest] = results;
  return [withOthers(first, others, thresholds), ...rest];
}

function checkMetric(
  spec: MetricSpec,
  value: number | undefined,
  threshold: number,
  { targetUnit, consequences = blockAlways }: CheckMetricsOptions,
): CheckResult {
  const sign = spec.direction === 'at-least' ? '>=' : '<=';
  const unit = spec.unit === 'target' && targetUnit !== undefined ? { unit: targetUnit } : {};
  const suffix = unit.unit === undefined ? '' : ` ${unit.unit}`;
  const limit = `${sign} ${figure(threshold)}${suffix}`;
  const measured = value !== undefined && Number.isFinite(value) ? value : null;
  const status = statusOf(spec, measured, threshold);
  return {
    check: `metrics.${spec.key}`,
    status,
    reason:
      status === 'error'
        ? unmeasured(spec, value, threshold)
        : `${spec.name} is ${figure(measured!)}${suffix}, limit ${limit}`,
    measurements: [{ name: spec.name, value: measured, limit, ...unit }],
    consequences,
  };
}

function statusOf(spec: MetricSpec, value: number | null, threshold: number): Status {
  if (value === null || !Number.isFinite(threshold)) return 'error';
  const holds = spec.direction === 'at-least' ? value >= threshold : value <= threshold;
  return holds ? 'passed' : 'failed';
}

function unmeasured(spec: MetricSpec, value: number | undefined, threshold: number): string {
  if (!Number.isFinite(threshold)) return `the threshold of ${spec.name} is ${threshold}, which is no limit`;
  return value === undefined ? `${spec.name} was not measured` : `${spec.name} is ${value}, which is no measurement`;
}

function nothingToCheck(task: MetricTask, { consequences = blockAlways }: CheckMetricsOptions): CheckResult {
  const reason = `there is no threshold for a ${task} model, so nothing was shown`;
  return { check: 'metrics', status: 'inconclusive', reason, measurements: [], consequences };
}

function withOthers(result: CheckResult, others: readonly MetricSpec[], thresholds: MetricThresholds): CheckResult {
  if (others.length === 0) return result;
  const names = others.map((spec) => `${spec.name} (${spec.task})`).join(', ');
  const measurements = others.map((spec): Measurement => ({
    name: spec.name,
    value: null,
    limit: `not applied: ${figure(thresholds[spec.name]!)} is for ${spec.task} models`,
  }));
  return {
    ...result,
    reason: `${result.reason}; not applied: ${names}`,
    measurements: [...result.measurements, ...measurements],
  };
}
