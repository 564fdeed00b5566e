import type { Status } from '@i-drill/core';

/** The version that is served, as far as the policy needs it. Times are milliseconds since the Unix epoch. */
export interface ProductionVersion {
  readonly version: string;
  readonly promotedAt: number;
  readonly validationMetrics: Readonly<Record<string, number>>;
}

/** How the served version does on data whose outcome is known. */
export interface LivePerformance {
  /** By the names of the validation metrics; empty while no outcome is known. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Of the measurement: with `inconclusive` and `error` the metrics are not used. */
  readonly status: Status;
}

/** What the drift report says. */
export interface DriftState {
  readonly status: Status;
  /** Share of drifted features, in [0, 1]. */
  readonly share: number;
}

/** Everything the decision rests on. What is left out is not known. */
export interface RetrainingState {
  readonly now: number;
  readonly productionVersion?: ProductionVersion;
  readonly live?: LivePerformance;
  readonly drift?: DriftState;
  /** Rows that came in after the last training set. */
  readonly newRows?: number;
  readonly lastRetrainingAt?: number;
}
