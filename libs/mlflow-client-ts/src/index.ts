export type { CreateModelVersion, CreateRun, MlflowClient, RunBatch, RunSearch, RunUpdate } from './client.js';
export type {
  ArtifactFile,
  DatasetInput,
  Experiment,
  LifecycleStage,
  Metric,
  ModelStage,
  ModelVersion,
  RegisteredModel,
  Run,
  RunStatus,
} from './entities.js';
export { isMlflowError, isNotFound, MlflowError, type MlflowErrorCode, type MlflowErrorOptions } from './errors.js';
export type { JsonValue, MlmodelJson } from './model/mlmodel.js';
export {
  onnxModelFiles,
  type OnnxModelFiles,
  type OnnxModelFilesOptions,
  type TensorExample,
  type TensorSignature,
} from './model/onnx-model-files.js';
export { openMlflow, type OpenMlflowOptions } from './open-mlflow.js';
