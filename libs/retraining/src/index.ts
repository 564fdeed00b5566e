export type { ConditionResult, RetrainingCondition, RetrainingDecision } from './decision.js';
export type {
  DataAvailabilitySettings,
  DriftBasedSettings,
  PerformanceBasedSettings,
  RetrainingSettings,
  TimeBasedSettings,
} from './settings.js';
export type { DriftState, LivePerformance, ProductionVersion, RetrainingState } from './state.js';
