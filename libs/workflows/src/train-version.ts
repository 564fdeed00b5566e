import type { AbortSignalLike, SplitDataset } from '@i-drill/core';
import { largestDifference } from '@i-drill/numerics';
import { registerVersion, type ModelVersion } from '@i-drill/registry';
import {
  predictWindows,
  trainSequenceModel,
  type BackendReport,
  type EpochProgress,
  type LstmSettings,
  type SequenceModel,
  type TrainingResult,
} from '@i-drill/training';
import { trivialBaseline } from './baselines.js';
import { WorkflowError } from './errors.js';
import { companionFiles, modelFolder, type DatasetRecipe } from './model-artifact.js';
import type { LoopPorts } from './ports.js';
import { score, type Exam, type Score } from './score.js';
import { beginRunLog, datasetReferences, openEpochLog } from './training-log.js';
import { trainingMaterial, type TrainingMaterial } from './training-material.js';
import { withRun, type OpenRun } from './with-run.js';

/** Metric of the run that holds the largest difference between TensorFlow.js and ONNX Runtime, in target units. */
export const exportDifferenceMetric = 'export_largest_difference';

/** How windows are cut from units. */
export interface WindowSettings {
  readonly length: number;
  readonly stride: number;
  readonly targetCap?: number;
}

/** One training, complete. */
export interface TrainRequest {
  readonly modelName: string;
  readonly modelType: string;
  readonly experiment: string;
  readonly data: SplitDataset;
  readonly recipe: DatasetRecipe;
  readonly window: WindowSettings;
  readonly settings: LstmSettings;
  /** Largest allowed difference between TensorFlow.js and ONNX Runtime on the test set, in target units. */
  readonly exportTolerance: number;
  readonly backend: BackendReport;
  readonly who: string;
  readonly gitCommit: string;
  readonly signal?: AbortSignalLike;
  readonly onEpoch?: (progress: EpochProgress) => void;
}

/** What a training brought forth. */
export interface TrainedVersion {
  readonly version: ModelVersion;
  readonly runId: string;
  readonly score: Score;
  readonly baseline: string;
  readonly exportDifference: number;
  readonly bestEpoch: number;
  readonly epochs: number;
  readonly stopped: TrainingResult['stopped'];
}

/**
 * Trains, exports, proves the export, logs all of it as one run and registers the version with its evidence.
 * A run that fails is marked so and registers nothing. Data that cannot be trained on are refused before there is a run.
 */
export async function trainVersion(ports: LoopPorts, request: TrainRequest): Promise<TrainedVersion> {
  const material = trainingMaterial(request);
  const options = {
    experiment: request.experiment,
    runName: `${request.modelName}-train`,
    tags: {
      'mlflow.user': request.who,
      'mlflow.source.name': 'i-drill train',
      'mlflow.source.type': 'LOCAL',
      'mlflow.source.git.commit': request.gitCommit,
      'i_drill.backend': request.backend.name,
      'i_drill.data_fingerprint': request.recipe.fingerprint,
    },
  };
  return withRun(ports, options, (run) => trainInRun(ports, { ...request, material }, run));
}

type PreparedRequest = TrainRequest & { readonly material: TrainingMaterial };

async function trainInRun(ports: LoopPorts, request: PreparedRequest, run: OpenRun): Promise<TrainedVersion> {
  const { data, window } = request;
  const { exam } = request.material;
  await beginRunLog(ports, request, run.runId);
  await ports.store.logInputs(run.runId, datasetReferences(data, request.recipe));
  const result = await fit(ports, request, run.runId);
  const onnx = ports.models.exportModel(result.model);
  const fromTraining = predictWindows(result.model, exam.windows);
  const fromServing = await predictOnce(ports, onnx, exam);
  const exportDifference = largestDifference(fromTraining, fromServing);
  const marks = score(exam, fromServing, trivialBaseline(data.train, window.targetCap));
  await logOutcome(ports, run.runId, { result, marks, exportDifference });
  await logModelFiles(ports, request, run.runId, { onnx, model: result.model, exam });
  refuseInterrupted(request, run.runId, result);
  refuseDifference(request, exportDifference);
  const version = await register(ports, request, run, { onnx, model: result.model, marks });
  return {
    version,
    runId: run.runId,
    score: marks,
    baseline: trivialBaseline(data.train).name,
    exportDifference,
    bestEpoch: result.bestEpoch,
    epochs: result.history.length,
    stopped: result.stopped,
  };
}

async function fit(ports: LoopPorts, request: PreparedRequest, runId: string): Promise<TrainingResult> {
  const { train, validation, preprocessing } = request.material;
  const epochs = openEpochLog(ports, runId);
  const training = trainSequenceModel({
    modelType: request.modelType,
    train,
    validation,
    preprocessing,
    settings: request.settings,
    clock: ports.clock,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    onEpoch: (progress) => {
      request.onEpoch?.(progress);
      epochs.add(progress);
    },
  });
  try {
    const result = await training;
    await epochs.flush();
    return result;
  } finally {
    await epochs.settle(); // the run is not closed while epochs are on their way
  }
}

async function predictOnce(ports: LoopPorts, onnx: Uint8Array, exam: Exam): Promise<Float32Array> {
  const model = await ports.models.open(onnx);
  try {
    return await model.predict(exam.windows.inputs, exam.windows.count);
  } finally {
    await model.close();
  }
}

interface Outcome {
  readonly result: TrainingResult;
  readonly marks: Score;
  readonly exportDifference: number;
}

async function logOutcome(ports: LoopPorts, runId: string, outcome: Outcome): Promise<void> {
  const { result, marks, exportDifference } = outcome;
  const values = {
    ...prefixed('test_', marks.metrics),
    ...prefixed('test_baseline_', marks.baselineMetrics),
    [exportDifferenceMetric]: exportDifference,
    best_epoch: result.bestEpoch,
  };
  const timestamp = ports.clock.now();
  const metrics = Object.entries(values).map(([key, value]) => ({ key, value, timestamp, step: 0 }));
  await ports.store.logBatch(runId, { metrics, tags: { 'i_drill.stopped': result.stopped } });
}

function prefixed(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}

interface ModelFilesInput {
  readonly onnx: Uint8Array;
  readonly model: SequenceModel;
  readonly exam: Exam;
}

async function logModelFiles(
  ports: LoopPorts,
  request: TrainRequest,
  runId: string,
  input: ModelFilesInput,
): Promise<void> {
  const { data, recipe } = request;
  const { preprocessing } = input.model;
  const { files, mlmodel } = ports.models.packageModel({
    onnx: input.onnx,
    signature: ports.models.signatureOf(preprocessing),
    runId,
    artifactPath: modelFolder,
    at: ports.clock.now(),
    inputExample: [firstWindow(input.exam)],
    extraFiles: companionFiles(data.train, preprocessing, { ...recipe, evaluateOn: data.test.evaluateOn }),
  });
  for (const [path, content] of Object.entries(files)) {
    await ports.store.uploadArtifact(runId, `${modelFolder}/${path}`, content);
  }
  await ports.store.recordModel(runId, mlmodel);
}

function firstWindow({ windows }: Exam): number[][] {
  const { length, featureCount, inputs } = windows;
  return Array.from({ length }, (_, t) => Array.from(inputs.subarray(t * featureCount, (t + 1) * featureCount)));
}

function refuseInterrupted(request: TrainRequest, runId: string, result: TrainingResult): void {
  if (result.stopped !== 'interrupted') return;
  throw new WorkflowError(
    `Cannot register ${request.modelName}: training was interrupted after ${result.history.length} epochs; ` +
      `the model so far is saved in run ${runId}, start again to train to the end`,
    { code: 'WORKFLOW_INTERRUPTED', details: { runId, epochs: result.history.length } },
  );
}

function refuseDifference(request: TrainRequest, difference: number): void {
  if (difference <= request.exportTolerance) return;
  throw new WorkflowError(
    `Cannot register ${request.modelName}: ONNX and TensorFlow.js differ by ${difference}, more than ` +
      `${request.exportTolerance}; the export is not the trained model`,
    { code: 'WORKFLOW_EXPORT_DIFFERS', details: { difference, tolerance: request.exportTolerance } },
  );
}

interface RegistrationInput {
  readonly onnx: Uint8Array;
  readonly model: SequenceModel;
  readonly marks: Score;
}

function register(
  ports: LoopPorts,
  request: TrainRequest,
  run: OpenRun,
  { onnx, model, marks }: RegistrationInput,
): Promise<ModelVersion> {
  return registerVersion(ports.store, {
    name: request.modelName,
    runId: run.runId,
    source: `${run.artifactUri}/${modelFolder}`,
    description: `${request.modelType} on ${request.data.train.name}, trained by ${request.who}`,
    evidence: {
      modelType: request.modelType,
      digest: ports.sha256(onnx),
      signature: ports.models.signatureOf(model.preprocessing),
      preprocessing: model.preprocessing,
      metrics: marks.metrics,
      dataFingerprint: request.recipe.fingerprint,
    },
  });
}
