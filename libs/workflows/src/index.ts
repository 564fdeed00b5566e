export { trivialBaseline, type Baseline } from './baselines.js';
export { checkRetraining, type RetrainingCheck, type RetrainRequest } from './decide-retraining.js';
export { deployVersion, type DeployedVersion, type DeployRequest } from './deploy-version.js';
export { WorkflowError, type WorkflowErrorCode } from './errors.js';
export type { IntervalSettings } from './interval-plan.js';
export {
  artifactFiles,
  modelFolder,
  openVersion,
  readRecipe,
  readReference,
  type DatasetRecipe,
  type OpenVersion,
} from './model-artifact.js';
export { monitorVersion, type MonitorRequest } from './monitor-version.js';
export { runPipeline, type PipelineOptions, type PipelineOutcome, type PipelineSteps } from './pipeline.js';
export type {
  DatasetReference,
  LoopPorts,
  MetricPoint,
  MlmodelDescription,
  ModelFormat,
  ModelPackageInput,
  Predictions,
  RunEnd,
  RunnableModel,
  RunStore,
} from './ports.js';
export { examOf, score, type Exam, type ExamOptions, type ExamRow, type Score } from './score.js';
export { rowsOf } from './training-log.js';
export {
  trainVersion,
  type CheckpointAccess,
  type StreamedTraining,
  type TrainedVersion,
  type TrainRequest,
  type WindowSettings,
} from './train-version.js';
export {
  validateVersion,
  type ValidatedVersion,
  type ValidateRequest,
  type ValidationSettings,
} from './validate-version.js';
export { withRun, type OpenRun, type RunOptions } from './with-run.js';
export type { AgentPorts, PolicyFormat, RunnablePolicy } from './agents/agent-ports.js';
export type { DrillingScenario, WellRange } from './agents/drilling-scenario.js';
export {
  trainAgentVersion,
  type TrainAgentVersionRequest,
  type TrainedAgentVersion,
} from './agents/train-agent-version.js';
export {
  validateAgentVersion,
  type AgentValidationSettings,
  type ValidateAgentRequest,
  type ValidatedAgent,
} from './agents/validate-agent-version.js';
