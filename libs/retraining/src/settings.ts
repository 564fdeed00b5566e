/** Retrain when the Production version is this old. */
export interface TimeBasedSettings {
  readonly enabled: boolean;
  readonly intervalDays: number;
}

/** Retrain when live metrics are worse than the version's own validation metrics. */
export interface PerformanceBasedSettings {
  readonly enabled: boolean;
  /** Relative degradation above which it is met, for example 0.1. */
  readonly degradationThreshold: number;
  /** Metrics to compare, all of them required. Default: every known metric that both sides have. */
  readonly metrics?: readonly string[];
  /**
   * A baseline closer to zero than this is replaced by it as the unit of degradation.
   *
   * @default 0.1
   */
  readonly absoluteScale?: number;
}

/** Retrain when the inputs have drifted. */
export interface DriftBasedSettings {
  readonly enabled: boolean;
  /** Share of drifted features at which it is met, in [0, 1]. Default: the drift report's own judgement. */
  readonly driftThreshold?: number;
}

/** Retrain when enough rows came in after the last training set. */
export interface DataAvailabilitySettings {
  readonly enabled: boolean;
  readonly minSamples: number;
}

/** The retraining policy. */
export interface RetrainingSettings {
  readonly timeBased: TimeBasedSettings;
  readonly performanceBased: PerformanceBasedSettings;
  readonly driftBased: DriftBasedSettings;
  readonly dataAvailability: DataAvailabilitySettings;
  /** No second retraining within this many hours of the last. */
  readonly cooldownHours: number;
}
