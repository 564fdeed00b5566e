import type { MonitoringReport } from './report.js';

/**
 * A report as flat numbers for a metrics store. What is not known, or not finite, is left out. `healthy` is 1 or 0, and left
 * out while the health is unknown.
 *
 * @example
 * ```ts
 * import { monitoringMetrics } from '@i-drill/monitoring';
 * const report = {
 *   status: 'unknown',
 *   reasons: ['no predictions in the window'],
 *   predictions: 0,
 *   errors: 0,
 *   errorRate: null,
 *   latencyMs: null,
 *   lastPredictionAt: null,
 *   fromMs: 0,
 *   toMs: 1000,
 * } as const;
 * monitoringMetrics(report); // => { total_predictions: 0, total_errors: 0 }
 * ```
 */
export function monitoringMetrics(report: MonitoringReport): Record<string, number> {
  const { errorRate, latencyMs, drift, status } = report;
  const metrics: Record<string, number | null | undefined> = {
    total_predictions: report.predictions,
    total_errors: report.errors,
    error_rate: errorRate,
    success_rate: errorRate === null ? null : 1 - errorRate,
    average_latency_ms: latencyMs?.mean,
    p50_latency_ms: latencyMs?.p50,
    p95_latency_ms: latencyMs?.p95,
    p99_latency_ms: latencyMs?.p99,
    drifted_share: drift?.driftedShare,
    healthy: status === 'unknown' ? null : Number(status === 'healthy'),
    ...driftDistances(report),
  };
  return Object.fromEntries(
    Object.entries(metrics).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** The distance of each feature; MLflow takes letters, digits and `_ - . : /` and spaces in a name. */
function driftDistances({ drift }: MonitoringReport): Record<string, number | null> {
  const features = drift?.features ?? [];
  return Object.fromEntries(
    features.map(({ feature, distance }) => [`drift_distance.${feature.replaceAll(/[^\w.-]/g, '_')}`, distance]),
  );
}
