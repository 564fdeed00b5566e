import { judgeDrift, type DriftFinding } from './judge-drift.js';
import { summariseLatency } from './latency.js';
import type { PredictionRecord } from './prediction-record.js';
import type { LatencySummary, MonitoringLimits, MonitoringReport, WindowQuestion } from './report.js';

/**
 * Health of the predictions with `fromMs <= at < toMs`.
 *
 * - `unhealthy`: a limit is broken by at least `minPredictions` predictions, or the inputs have drifted.
 * - `unknown`: nothing is unhealthy, and there are fewer than `minPredictions` predictions, or a reference was given and
 *   drift could not be judged (inconclusive, no logged inputs, inputs of another shape).
 * - `healthy`: the rest. Never for a window without predictions.
 *
 * Latency counts every prediction, failed ones too, as callers felt them. Records are taken as they come: leave those of
 * other versions out before.
 *
 * @example
 * ```ts
 * import { defaultDriftSettings } from '@i-drill/drift';
 * import { summariseWindow } from '@i-drill/monitoring';
 * const question = {
 *   records: [],
 *   fromMs: 0,
 *   toMs: 3_600_000,
 *   limits: { errorRate: 0.05, latencyP95Ms: 1000, successRate: 0.95 },
 *   drift: defaultDriftSettings,
 *   minPredictions: 20,
 * };
 * const report = summariseWindow(question);
 * [report.status, report.reasons]; // => ['unknown', ['no predictions in the window']]
 * ```
 */
export function summariseWindow(question: WindowQuestion): MonitoringReport {
  const { fromMs, toMs } = question;
  const records = question.records.filter(({ at }) => at >= fromMs && at < toMs);
  const errors = records.filter(({ ok }) => !ok).length;
  const errorRate = records.length === 0 ? null : errors / records.length;
  const latencyMs = summariseLatency(records.map((record) => record.latencyMs));
  const drift = judgeDrift(records, question);

  const faults = [...brokenLimits(question, records.length, errorRate, latencyMs), ...driftFault(drift)];
  const doubts = [...tooFew(question, records.length), ...driftDoubt(drift)];
  return {
    status: statusOf(faults, doubts),
    reasons: faults.length + doubts.length === 0 ? ['every limit is kept'] : [...faults, ...doubts],
    predictions: records.length,
    errors,
    errorRate,
    latencyMs,
    ...(drift.type === 'judged' ? { drift: drift.report } : {}),
    lastPredictionAt: lastAt(records),
    fromMs,
    toMs,
  };
}

function statusOf(faults: readonly string[], doubts: readonly string[]): MonitoringReport['status'] {
  if (faults.length > 0) return 'unhealthy';
  return doubts.length > 0 ? 'unknown' : 'healthy';
}

function lastAt(records: readonly PredictionRecord[]): number | null {
  return records.reduce<number | null>((last, { at }) => (last === null || at > last ? at : last), null);
}

function brokenLimits(
  { minPredictions, limits }: WindowQuestion,
  predictions: number,
  errorRate: number | null,
  latency: LatencySummary | null,
): string[] {
  if (errorRate === null || predictions < minPredictions) return [];
  return [...brokenRates(limits, errorRate), ...brokenLatency(limits, latency)];
}

function brokenRates(limits: MonitoringLimits, errorRate: number): string[] {
  const broken: string[] = [];
  if (errorRate > limits.errorRate) broken.push(`error rate ${shown(errorRate)} is above ${limits.errorRate}`);
  const successRate = 1 - errorRate;
  if (successRate < limits.successRate)
    broken.push(`success rate ${shown(successRate)} is below ${limits.successRate}`);
  return broken;
}

function brokenLatency({ latencyP95Ms }: MonitoringLimits, latency: LatencySummary | null): string[] {
  if (latency === null || latency.p95 <= latencyP95Ms) return [];
  return [`95th percentile of latency ${shown(latency.p95)} ms is above ${latencyP95Ms} ms`];
}

function tooFew({ minPredictions }: WindowQuestion, predictions: number): string[] {
  if (predictions === 0) return ['no predictions in the window'];
  return predictions < minPredictions ? [`${predictions} predictions, ${minPredictions} are needed to judge`] : [];
}

function driftFault(finding: DriftFinding): string[] {
  return finding.type === 'judged' && finding.report.status === 'failed' ? [`drift: ${finding.report.reason}`] : [];
}

function driftDoubt(finding: DriftFinding): string[] {
  switch (finding.type) {
    case 'not-asked':
      return [];
    case 'not-judged':
      return [`drift could not be judged: ${finding.reason}`];
    case 'judged': {
      const { status, reason } = finding.report;
      return status === 'inconclusive' || status === 'error' ? [`drift could not be judged: ${reason}`] : [];
    }
  }
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
