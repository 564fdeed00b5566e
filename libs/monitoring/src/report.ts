import type { DriftReport, DriftSettings, ReferenceProfile } from '@i-drill/drift';
import type { PredictionRecord } from './prediction-record.js';

/** What a healthy service keeps to. */
export interface MonitoringLimits {
  /** Largest share of failed predictions, in [0, 1]. */
  readonly errorRate: number;
  /** Largest 95th percentile of latency. */
  readonly latencyP95Ms: number;
  /** Smallest share of answered predictions, in [0, 1]. */
  readonly successRate: number;
}

/** A time window of the prediction log, and what to hold it against. */
export interface WindowQuestion {
  readonly records: readonly PredictionRecord[];
  /** First millisecond of the window. */
  readonly fromMs: number;
  /** First millisecond after the window. */
  readonly toMs: number;
  /** Training reference; without it, drift is not asked for. */
  readonly reference?: ReferenceProfile;
  readonly limits: MonitoringLimits;
  readonly drift: DriftSettings;
  /** Fewer predictions than this say nothing about rates and latency. */
  readonly minPredictions: number;
}

/** Latency of the predictions of a window, in milliseconds. */
export interface LatencySummary {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Health of one window. */
export interface MonitoringReport {
  readonly status: 'healthy' | 'unhealthy' | 'unknown';
  /** What makes it so, one sentence each, with the figure. */
  readonly reasons: readonly string[];
  readonly predictions: number;
  readonly errors: number;
  readonly errorRate: number | null;
  readonly latencyMs: LatencySummary | null;
  /** Left out when drift was not asked for or could not be judged. */
  readonly drift?: DriftReport;
  readonly lastPredictionAt: number | null;
  readonly fromMs: number;
  readonly toMs: number;
}
