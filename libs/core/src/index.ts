export { AppError, isAppError, type AppErrorOptions } from './app-error.js';
export type { ActionSpace, EnvironmentSpec, SpaceComponent, VectorEnvironment } from './environment.js';
export type { ModelSignature, ModelVersionRef, TensorSpec } from './model-signature.js';
export type { AbortSignalLike, Clock, Logger, Rng } from './ports.js';
export type { PredictionInterval } from './prediction-interval.js';
export type { Preprocessing, Regimes, StandardScaler } from './preprocessing.js';
export type { FeatureSpec, SensorDataset, SensorSegment, SequenceTask, SplitDataset } from './sensor-dataset.js';
export {
  combineStatuses,
  type CheckResult,
  type Consequence,
  type Consequences,
  type Measurement,
  type Status,
} from './verdict.js';
