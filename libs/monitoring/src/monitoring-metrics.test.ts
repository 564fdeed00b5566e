import { describe, expect, it } from 'vitest';
import { monitoringMetrics } from './monitoring-metrics.js';
import type { MonitoringReport } from './report.js';

const report: MonitoringReport = {
  status: 'unhealthy',
  reasons: [],
  predictions: 40,
  errors: 10,
  errorRate: 0.25,
  latencyMs: { mean: 5, p50: 4, p95: 9, p99: 12 },
  lastPredictionAt: 39,
  fromMs: 0,
  toMs: 1000,
};
const unmeasured = {
  pValue: null,
  adjustedPValue: null,
  shift: null,
  psi: null,
  effectiveReference: 9,
  effectiveCurrent: 9,
};

describe('monitoringMetrics()', () => {
  it('lays a report out as flat numbers', () => {
    expect(monitoringMetrics(report)).toEqual({
      total_predictions: 40,
      total_errors: 10,
      error_rate: 0.25,
      success_rate: 0.75,
      average_latency_ms: 5,
      p50_latency_ms: 4,
      p95_latency_ms: 9,
      p99_latency_ms: 12,
      healthy: 0,
    });
    expect(monitoringMetrics({ ...report, status: 'healthy' })).toMatchObject({ healthy: 1 });
    expect(monitoringMetrics({ ...report, status: 'unknown' })).not.toHaveProperty('healthy');
  });

  it('adds drift with names a metrics store takes, and leaves out what was not measured', () => {
    const features = [
      { feature: 'hook load (t)', distance: 0.25, status: 'failed', ...unmeasured },
      { feature: 'rpm', distance: null, status: 'inconclusive', ...unmeasured },
    ] as const;
    const metrics = monitoringMetrics({
      ...report,
      drift: { status: 'failed', driftedShare: 0.5, features, reason: '' },
    });
    expect(metrics).toMatchObject({ drifted_share: 0.5, 'drift_distance.hook_load__t_': 0.25 });
    expect(Object.keys(metrics)).not.toContain('drift_distance.rpm');
  });

  it('holds finite numbers only', () => {
    const latencyMs = { mean: NaN, p50: 1, p95: Infinity, p99: Infinity };
    expect(Object.values(monitoringMetrics({ ...report, latencyMs })).every(Number.isFinite)).toBe(true);
    expect(monitoringMetrics({ ...report, latencyMs })).not.toHaveProperty('p95_latency_ms');
  });
});
