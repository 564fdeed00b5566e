export { ConfigError, type ConfigErrorCode } from './errors.js';
export { configJsonSchema } from './config-json-schema.js';
export { loadConfig, type LoadConfigOptions } from './load-config.js';
export type { MlopsConfig } from './mlops-config.js';
export type { ConfigIssue } from './problems/config-issue.js';
export type { DataChecksConfig, ValueRange } from './sections/data-checks.js';
export type {
  BitRunsConfig,
  CmapssConfig,
  DataConfig,
  DatasetName,
  ForgeConfig,
  IdrillSyntheticConfig,
  UsropConfig,
} from './sections/data.js';
export type { CanaryConfig, DeploymentConfig, HealthChecksConfig } from './sections/deployment.js';
export type { DriftLimits } from './sections/drift-limits.js';
export type { MlflowConfig } from './sections/mlflow.js';
export type { AgentsConfig, PpoConfig, SacConfig } from './sections/agents.js';
export type { AlertThresholds, MonitoringConfig } from './sections/monitoring.js';
export type { RetrainingConditions, RetrainingConfig } from './sections/retraining.js';
export type { IntervalConfig, ModelTrainingConfig } from './sections/model-training.js';
export type { CnnLstmConfig, LstmConfig, ModelsConfig, TransformerConfig } from './sections/models.js';
export type { BackendChoice, SplitConfig, TrainingConfig } from './sections/training.js';
export type {
  BaselineConfig,
  DriftDetectionConfig,
  PerformanceThresholds,
  ToleranceConfig,
  ValidationConfig,
} from './sections/validation.js';
