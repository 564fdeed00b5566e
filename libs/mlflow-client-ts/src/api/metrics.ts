import type { Paged } from './paged.js';

/** One point of a metric. */
export interface Metric {
  readonly key: string;
  /** May be NaN or infinite: every store keeps them. */
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
  /** The logged model that was measured. */
  readonly modelId?: string;
  /** The dataset it was measured on. */
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** A point, and the run it belongs to. */
export interface RunMetric extends Metric {
  readonly runId: string;
}

/** Which part of the histories of several runs to give. */
export interface MetricInterval {
  /** First step, included; given together with `endStep`. */
  readonly startStep?: number;
  /** Last step, included. */
  readonly endStep?: number;
  /** The most points per run, 1 to 2500; between the first and the last they are thinned evenly. @default 320 */
  readonly maxResults?: number;
}

/** Histories of metrics. */
export interface MetricMethods {
  /** Every point of a metric by step, then timestamp; a point written twice counts once; empty when there is none. */
  getMetricHistory(runId: string, key: string): Promise<Metric[]>;
  /** The same points as the store keeps them, page by page, for histories that do not fit into memory. */
  pageMetricHistory(runId: string, key: string): Paged<Metric>;
  /** The points of one metric in many runs, by run, timestamp and step; at most `limit` per run (≤ 25 000). @default 25 000 */
  getMetricHistoryBulk(runIds: readonly string[], key: string, limit?: number): Promise<RunMetric[]>;
  /** Thinned histories of many runs, for plots; by run, then step. Servers of 2.9 lack it: thinned here; elsewhere what "evenly" means is theirs. */
  getMetricHistoryInterval(runIds: readonly string[], key: string, interval?: MetricInterval): Promise<RunMetric[]>;
}
