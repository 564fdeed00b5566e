export { decideRetraining } from './decide-retraining.js';
export type { ConditionResult, RetrainingCondition, RetrainingDecision } from './decision.js';
export { degradation, type MetricPair } from './degradation.js';
export { metricDirection, type MetricDirection } from './metric-direction.js';
export type {
  DataAvailabilitySettings,
  DriftBasedSettings,
  PerformanceBasedSettings,
  RetrainingSettings,
  TimeBasedSettings,
} from './settings.js';
export type { DriftState, LivePerformance, ProductionVersion, RetrainingState } from './state.js';
