/** The four reasons to retrain. */
export type RetrainingCondition = 'time' | 'performance' | 'drift' | 'data';

/** How one condition stands. */
export interface ConditionResult {
  readonly condition: RetrainingCondition;
  readonly status: 'met' | 'not-met' | 'unknown' | 'disabled';
  /** What was measured; `null` where it could not be. */
  readonly value: number | null;
  /** What it was held against; `null` where there is none. */
  readonly threshold: number | null;
  /** One sentence with the deciding figure. */
  readonly reason: string;
}

/** Whether to retrain, and why. */
export interface RetrainingDecision {
  readonly decision: 'retrain' | 'keep' | 'unknown';
  readonly conditions: readonly ConditionResult[];
  readonly reason: string;
}
