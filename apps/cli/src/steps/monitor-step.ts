import type { MonitoringReport } from '@i-drill/monitoring';
import type { ModelVersion } from '@i-drill/registry';
import { readPredictionLog } from '@i-drill/serving';
import { monitorVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { predictionLogFolder } from '../wiring/service.js';
import { driftSettings } from '../wiring/settings.js';

/** The time window a check looks at, ms since the Unix epoch. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

const msPerHour = 3_600_000;

/** The last `hours` up to now; default: the configured window. */
export function lastHours({ config, ports }: CommandContext, hours?: number): TimeWindow {
  const toMs = ports.clock.now();
  return { fromMs: toMs - (hours ?? config.monitoring.performance.time_window_hours) * msPerHour, toMs };
}

/** Checks one time window of a version in service. */
export async function monitorStep(
  context: CommandContext,
  version: ModelVersion,
  window: TimeWindow,
): Promise<MonitoringReport> {
  const { config, ports } = context;
  const { model_metrics: log, performance, alerts } = config.monitoring;
  if (!performance.enabled) return switchedOff(window);
  const { records, tornLines } = await readPredictionLog(predictionLogFolder(context, version.name), window);
  if (tornLines > 0) ports.logger.warn(`${tornLines} unfinished lines in the prediction log were left out`);
  return monitorVersion(ports, {
    version,
    records,
    ...window,
    settings: {
      limits: {
        errorRate: alerts.thresholds.error_rate,
        latencyP95Ms: alerts.thresholds.latency_p95_ms,
        successRate: alerts.thresholds.success_rate,
      },
      drift: driftSettings(config.monitoring.drift),
      minPredictions: performance.min_predictions,
    },
    ...(log.log_to_mlflow ? { experiment: log.experiment_name } : {}),
  });
}

function switchedOff({ fromMs, toMs }: TimeWindow): MonitoringReport {
  const reasons = ['monitoring is switched off: monitoring.performance.enabled is false'];
  const nothing = { predictions: 0, errors: 0, errorRate: null, latencyMs: null, lastPredictionAt: null };
  return { status: 'unknown', reasons, ...nothing, fromMs, toMs };
}

/** The report as lines for a person. */
export function monitoringLines(report: MonitoringReport): string[] {
  const { latencyMs, drift } = report;
  const latency =
    latencyMs === null ? 'latency not known' : `p50 ${latencyMs.p50.toFixed(1)} ms, p95 ${latencyMs.p95.toFixed(1)} ms`;
  const drifted = drift?.features.filter((feature) => feature.status === 'failed') ?? [];
  return [
    `${report.status}: ${report.predictions} predictions, ${report.errors} errors, ${latency}`,
    ...report.reasons.map((reason) => `  ${reason}`),
    ...drifted.map(
      ({ feature, distance, adjustedPValue }) =>
        `  drifted: ${feature} (KS distance ${distance?.toFixed(2) ?? '-'}, adjusted p ${adjustedPValue?.toExponential(1) ?? '-'})`,
    ),
  ];
}
