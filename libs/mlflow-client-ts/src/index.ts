export type {
  ArtifactFile,
  ArtifactMethods,
  ArtifactOwner,
  ArtifactRepository,
  DownloadedFile,
  DownloadOptions,
} from './api/artifacts.js';
export type {
  CreateExperiment,
  Experiment,
  ExperimentMethods,
  ExperimentSearch,
  LifecycleStage,
  ViewType,
} from './api/experiments.js';
export type {
  CreateLoggedModel,
  LoggedModel,
  LoggedModelMethods,
  LoggedModelOrder,
  LoggedModelSearch,
  LoggedModelStatus,
} from './api/logged-models.js';
export type { Metric, MetricInterval, MetricMethods, RunMetric } from './api/metrics.js';
export type { CallOptions, MlflowClient, StoreMethods } from './api/mlflow-client.js';
export type {
  CreateModelVersion,
  ModelStage,
  ModelVersion,
  ModelVersionMethods,
  ModelVersionReading,
  ModelVersionSearch,
} from './api/model-versions.js';
export type { Page, Paged, PageRequest } from './api/paged.js';
export type {
  CreateRegisteredModel,
  RegisteredModel,
  RegisteredModelMethods,
  RegisteredModelSearch,
} from './api/registered-models.js';
export type {
  CreateRun,
  DatasetInput,
  DatasetSummary,
  ModelOutput,
  Run,
  RunBatch,
  RunMethods,
  RunSearch,
  RunStatus,
  RunUpdate,
} from './api/runs.js';
export type { Capabilities, ServerMethods } from './api/server.js';
export type {
  CreateWebhook,
  Webhook,
  WebhookEvent,
  WebhookMethods,
  WebhookStatus,
  WebhookTest,
} from './api/webhooks.js';
export {
  isAborted,
  isAlreadyExists,
  isInvalid,
  isNotFound,
  isUnauthorized,
  isUnavailable,
  isUnsupported,
} from './error-guards.js';
export {
  isMlflowError,
  MlflowError,
  type MlflowClientErrorCode,
  type MlflowErrorCode,
  type MlflowErrorOptions,
  type MlflowServerErrorCode,
} from './errors.js';
export type { FaceAuth } from './face/gate.js';
export { serveStore, type ServeStoreOptions, type StoreFace } from './face/serve-store.js';
export type { LogModelOptions, ModelPlacement, RegisterModel } from './model/log-model-options.js';
export type { JsonValue, MlmodelJson } from './model/mlmodel.js';
export type { ModelContent, ModelDescription, ModelFile } from './model/model-content.js';
export type {
  LogOnnxModelOptions,
  OnnxModelOptions,
  TensorExample,
  TensorShape,
  TensorSignature,
} from './model/onnx-model-content.js';
export { onnxModelFiles, type OnnxModelFiles, type OnnxModelFilesOptions } from './model/onnx-model-files.js';
export { openMlflow, type OpenMlflowOptions } from './open-mlflow.js';
export type { ArtifactOptions } from './rest/artifact-settings.js';
export type { RequestToSign, SignRequest } from './rest/sign.js';
export type { Transport, TransportRequest, TransportResponse } from './rest/transport/transport.js';
export type { ActiveRun, LoggedModelResult, MetricOptions } from './runs/active-run.js';
export { paramText, type ParamValue } from './runs/param-text.js';
export type { FinalStatus, RunStartOptions, StartRunOptions } from './runs/run-options.js';
export type { SystemMetricsOptions } from './runs/system-metrics/sample-system-metrics.js';
export type { TableData } from './runs/table.js';
export { startRun, withRun } from './runs/with-run.js';
export {
  experimentFilter,
  loggedModelFilter,
  modelVersionFilter,
  registeredModelFilter,
  runFilter,
  type BuildFilter,
  type Filter,
  type SearchEntity,
} from './search/filter-builder.js';
export type {
  Condition,
  ExperimentAttributes,
  ExperimentFields,
  ListedField,
  LoggedModelAttributes,
  LoggedModelFields,
  ModelVersionAttributes,
  ModelVersionFields,
  NullableField,
  NumberField,
  RegisteredModelAttributes,
  RegisteredModelFields,
  RunAttributes,
  RunFields,
  TextField,
} from './search/filter-fields.js';
export { openRunLog, type RunLogOptions } from './spool/open-run-log.js';
export type { BeginRun, LogModelOperation, ResumeRun, RunOperation } from './spool/operation.js';
export type { RejectedOperation } from './spool/refusals.js';
export type { OperationResult, RunLog } from './spool/run-log.js';
export { spooledClient } from './spool/spooled-client.js';
export type { SyncedRun, SyncedRunStatus } from './spool/sync-run.js';
export { syncSpool, type SyncOptions, type SyncReport } from './spool/sync-spool.js';
export type { ExportCounts, ExportProblem, ExportProgress, ExportReport } from './transfer/export-report.js';
export { exportStore, type ExportOptions } from './transfer/export-store.js';
