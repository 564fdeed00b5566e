/** One step of a canary: how much traffic, and for how long it is watched. */
export interface CanaryStep {
  /** Share of the traffic for the candidate, in (0, 1]. */
  readonly share: number;
  readonly watchMs: number;
}

/** What an arm may not exceed. */
export interface ArmLimits {
  /** Share of failed requests, in [0, 1]. */
  readonly errorRate: number;
  readonly latencyP95Ms: number;
}

/** How the candidate's health is asked. */
export interface HealthSettings {
  /** Between two looks at the candidate (health and statistics), and between two tries of a failed probe. */
  readonly intervalMs: number;
  /** Handed to `RolloutTarget.probe`: the longest one probe may take. */
  readonly timeoutMs: number;
  /** Further tries after a failed probe, before the candidate counts as unhealthy. */
  readonly maxRetries: number;
}

/** A whole canary rollout. */
export interface CanarySettings {
  readonly steps: readonly CanaryStep[];
  /** Fewer requests than this prove nothing. */
  readonly minRequests: number;
  readonly limits: ArmLimits;
  /** Extra watches per step when the measurement cannot tell or could not be made. */
  readonly maxInconclusive: number;
  readonly health: HealthSettings;
}
