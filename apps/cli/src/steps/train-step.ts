import type { MlopsConfig } from '@i-drill/config';
import {
  modelTypes,
  selectBackend,
  TrainingError,
  type BackendName,
  type BackendReport,
  type EpochProgress,
} from '@i-drill/training';
import { trainVersion, type TrainedVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { gitCommit } from '../wiring/provenance.js';
import { prepareData, type PreparedData } from '../wiring/prepare-data.js';
import type { DataPlan } from '../wiring/data-plan.js';
import { explainNoVersion } from '../wiring/no-version.js';
import { lstmSettings } from '../wiring/settings.js';

/** What to train. */
export interface TrainStepOptions {
  readonly modelType: string;
  readonly modelName: string;
  readonly experiment?: string;
  readonly epochs?: number;
  readonly seed?: number;
  readonly plan: DataPlan;
  readonly signal?: AbortSignal;
}

/** The trained version, with the data it was trained on. */
export interface TrainStep {
  readonly trained: TrainedVersion;
  readonly prepared: PreparedData;
  readonly backend: BackendReport;
}

/** Reads the data, chooses a backend, trains and registers; says what it does as it goes. */
export async function trainStep(context: CommandContext, options: TrainStepOptions): Promise<TrainStep> {
  const { config, output, ports } = context;
  refuseUnknownModelType(options.modelType);
  const prepared = await prepareData(options.plan);
  output.progress(`data: ${prepared.summary}`);
  const backend = await selectBackend(backendOrder(config.training.backend));
  output.progress(`backend: ${backend.name}${refusals(backend)}`);
  const trained = await trainVersion(ports, {
    modelName: options.modelName,
    modelType: options.modelType,
    experiment: options.experiment ?? config.mlflow.experiment_name,
    data: prepared.data,
    recipe: prepared.recipe,
    window: options.plan.window,
    settings: trainSettings(config, options),
    exportTolerance: config.validation.export.tolerance,
    backend,
    who: context.who,
    gitCommit: gitCommit(),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onEpoch: (progress) => {
      output.progress(epochLine(progress));
    },
  }).catch((error: unknown) => {
    throw explainNoVersion(error, {
      modelName: options.modelName,
      trackingUri: context.store.trackingUri,
      spoolFolder: config.mlflow.spool_dir,
    });
  });
  output.progress(outcomeLine(trained, prepared));
  return { trained, prepared, backend };
}

/** Before anything is read or written: a wrong word is no failed run. */
function refuseUnknownModelType(modelType: string): void {
  if ((modelTypes as readonly string[]).includes(modelType)) return;
  const known = modelTypes.map((type) => `"${type}"`).join(', ');
  throw new TrainingError(`Cannot train: model type "${modelType}" is unknown; choose one of ${known}`, {
    code: 'TRAINING_UNKNOWN_MODEL_TYPE',
    details: { modelType, known: modelTypes },
  });
}

function trainSettings(config: MlopsConfig, { epochs, seed }: TrainStepOptions): ReturnType<typeof lstmSettings> {
  const settings = lstmSettings(config.training.models.lstm, seed ?? config.training.seed);
  return epochs === undefined ? settings : { ...settings, epochs };
}

function backendOrder(choice: MlopsConfig['training']['backend']): readonly BackendName[] | undefined {
  return choice === 'auto' ? undefined : [choice];
}

function refusals({ tried }: BackendReport): string {
  if (tried.length === 0) return '';
  return ` (${tried.map(({ name, reason }) => `${name}: ${reason.split('\n')[0] ?? ''}`).join('; ')})`;
}

function epochLine(progress: EpochProgress): string {
  const { epoch, epochs, trainLoss, validationLoss, windowsPerSecond, etaSeconds, best } = progress;
  return (
    `  epoch ${String(epoch).padStart(2)}/${epochs}  loss ${trainLoss.toFixed(4)}  validation ${validationLoss.toFixed(4)}` +
    `  ${windowsPerSecond.toFixed(0)} windows/s  ETA ${etaSeconds.toFixed(0)} s${best ? '  best so far' : ''}`
  );
}

function outcomeLine(
  { version, score, baseline, exportDifference, bestEpoch }: TrainedVersion,
  data: PreparedData,
): string {
  const unit = data.data.test.target.unit;
  const mae = (metrics: Readonly<Record<string, number>>): string =>
    `${(metrics['mae'] ?? Number.NaN).toFixed(3)} ${unit}`;
  return (
    `registered ${version.name} version ${version.version}: test MAE ${mae(score.metrics)} ` +
    `(${baseline} baseline ${mae(score.baselineMetrics)}), best epoch ${bestEpoch}, ` +
    `ONNX differs from TensorFlow.js by at most ${exportDifference.toExponential(1)} ${unit}`
  );
}
