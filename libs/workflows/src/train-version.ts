import type { AbortSignalLike, SplitDataset } from '@i-drill/core';
import { registerVersion, type ModelVersion } from '@i-drill/registry';
import type {
  Architecture,
  BackendReport,
  EnsembleResult,
  EpochProgress,
  IntervalCoverage,
  SequenceModel,
  TrainingCheckpoint,
  TrainingResult,
  TrainingSettings,
  WindowOptions,
  WindowSource,
} from '@i-drill/training';
import { trivialBaseline } from './baselines.js';
import { WorkflowError } from './errors.js';
import { fitModel } from './fit-model.js';
import { servedCoverage, withInterval, type IntervalSettings } from './interval-plan.js';
import { modelFolder, type DatasetRecipe } from './model-artifact.js';
import { logModelFiles } from './model-files.js';
import { logOutcome } from './outcome-log.js';
import type { LoopPorts } from './ports.js';
import { proveExport } from './prove-export.js';
import { score, type Score } from './score.js';
import { beginRunLog, datasetReferences } from './training-log.js';
import { trainingMaterial, type TrainingMaterial } from './training-material.js';
import { withRun, type OpenRun } from './with-run.js';

/** How windows are cut from units. */
export interface WindowSettings {
  readonly length: number;
  readonly stride: number;
  readonly targetCap?: number;
}

/** Where a training is kept from epoch to epoch, and from where it goes on. */
export interface CheckpointAccess {
  /** Called after each epoch; the next one waits for it. */
  readonly keep: (checkpoint: TrainingCheckpoint) => void | Promise<void>;
  readonly resumeFrom?: TrainingCheckpoint;
}

/** A training part that is read while it is used; `data.train` is a sample of its units. */
export interface StreamedTraining {
  readonly rows: number;
  readonly units: number;
  readonly open: (windows: WindowOptions) => Promise<WindowSource>;
}

/** One training, complete. */
export interface TrainRequest {
  readonly modelName: string;
  readonly architecture: Architecture;
  readonly experiment: string;
  /** Scalers, reference profile and baseline are made from `train`, also where that is a sample. */
  readonly data: SplitDataset;
  /** What is learned from in place of `data.train`, where that is too large to be held. */
  readonly streamed?: StreamedTraining;
  readonly recipe: DatasetRecipe;
  readonly window: WindowSettings;
  readonly settings: TrainingSettings;
  /** Networks that are trained, from `settings.seed` on, and averaged. @default 1 */
  readonly ensemble?: number;
  /** Absent: predictions have no interval. */
  readonly interval?: IntervalSettings;
  readonly checkpoint?: CheckpointAccess;
  /** Largest allowed difference between TensorFlow.js and ONNX Runtime on the test set, as a share of the largest output. */
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
  /** How the intervals of the file do on the test units. Absent: predictions have none, and why. */
  readonly interval: IntervalCoverage | { readonly none: string };
  /** As a share of the largest output. */
  readonly exportDifference: number;
  /** Of the last network. */
  readonly bestEpoch: number;
  /** Of all networks together. */
  readonly epochs: number;
  readonly stopped: TrainingResult['stopped'];
}

/**
 * Trains, calibrates, exports, proves the export, logs all of it as one run and registers the version with its evidence.
 * A run that fails is marked so and registers nothing. Data that cannot be trained on are refused before there is a run.
 */
export async function trainVersion(ports: LoopPorts, request: TrainRequest): Promise<TrainedVersion> {
  const material = await trainingMaterial(request);
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
  const { data, window, material } = request;
  const { exam } = material;
  await beginRunLog(ports, request, run.runId);
  await ports.store.logInputs(run.runId, datasetReferences(data, request.recipe));
  const result = await fitModel(ports, request, run.runId);
  const model = withInterval(result.model, material.interval);
  const onnx = ports.models.exportModel(model);
  const { served, difference: exportDifference } = await proveExport(ports, { onnx, model }, exam.windows);
  const baseline = trivialBaseline(data.train, window.targetCap);
  const marks = score(exam, served.prediction, baseline);
  const interval = servedCoverage(served, exam.windows) ?? { none: noInterval(material) };
  await logOutcome(ports, run.runId, { result, marks, interval, exportDifference });
  await logModelFiles(ports, request, run.runId, { onnx, model, exam });
  refuseInterrupted(request, run.runId, result);
  refuseDifference(request, exportDifference);
  const version = await register(ports, request, run, { onnx, model, marks });
  return {
    version,
    runId: run.runId,
    score: marks,
    baseline: baseline.name,
    interval,
    exportDifference,
    ...courseOf(result),
  };
}

function noInterval({ interval }: TrainingMaterial): string {
  return interval.calibrate === undefined ? interval.reason : 'the model serves none';
}

function courseOf({ members, stopped }: EnsembleResult): Pick<TrainedVersion, 'bestEpoch' | 'epochs' | 'stopped'> {
  const epochs = members.reduce((sum, { history }) => sum + history.length, 0);
  return { bestEpoch: members.at(-1)?.bestEpoch ?? 0, epochs, stopped };
}

function refuseInterrupted(request: TrainRequest, runId: string, result: EnsembleResult): void {
  if (result.stopped !== 'interrupted') return;
  const { epochs } = courseOf(result);
  throw new WorkflowError(
    `Cannot register ${request.modelName}: training was interrupted after ${epochs} epochs; ` +
      `the model so far is saved in run ${runId}, start again to train to the end`,
    { code: 'WORKFLOW_INTERRUPTED', details: { runId, epochs } },
  );
}

function refuseDifference(request: TrainRequest, difference: number): void {
  if (difference <= request.exportTolerance) return;
  throw new WorkflowError(
    `Cannot register ${request.modelName}: ONNX and TensorFlow.js differ by ${difference} of the largest output, more than ` +
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
  const modelType = request.architecture.type;
  return registerVersion(ports.store, {
    name: request.modelName,
    runId: run.runId,
    source: `${run.artifactUri}/${modelFolder}`,
    description: `${modelType} on ${request.data.train.name}, trained by ${request.who}`,
    evidence: {
      modelType,
      digest: ports.sha256(onnx),
      signature: ports.models.signatureOf(model.preprocessing, model.interval),
      preprocessing: model.preprocessing,
      metrics: marks.metrics,
      dataFingerprint: request.recipe.fingerprint,
    },
  });
}
