import type { MlopsConfig } from '@i-drill/config';
import { selectBackend, type BackendReport, type EpochProgress, type ModelType } from '@i-drill/training';
import { trainVersion, type TrainedVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { backendOrder } from '../wiring/backend-order.js';
import { gitCommit } from '../wiring/provenance.js';
import { prepareData, type PreparedData } from '../wiring/prepare-data.js';
import type { DataPlan } from '../wiring/data-plan.js';
import { openCheckpointFile, type CheckpointFile } from '../wiring/checkpoint-file.js';
import { modelPlan } from '../wiring/model-plan.js';
import { explainNoVersion } from '../wiring/no-version.js';
import { epochLine, outcomeLine } from './training-words.js';

/** What to train. */
export interface TrainStepOptions {
  readonly modelType: ModelType;
  readonly modelName: string;
  readonly experiment?: string;
  readonly epochs?: number;
  readonly seed?: number;
  readonly plan: DataPlan;
  /** File the training is kept in after every epoch, and goes on from where it exists. */
  readonly checkpoint?: string;
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
  const checkpoint = options.checkpoint === undefined ? undefined : await openCheckpointFile(options.checkpoint);
  const prepared = await prepareData(options.plan);
  output.progress(`data: ${prepared.summary}`);
  const backend = await selectBackend(backendOrder(config.training.backend));
  output.progress(`backend: ${backend.name}${refusals(backend)}`);
  if (checkpoint !== undefined) output.progress(checkpointLine(checkpoint));
  const { unit } = prepared.data.test.target;
  const trained = await trainVersion(ports, {
    ...modelPlan(config.training.models, options.modelType, {
      ...planOptions(config, options),
      train: prepared.data.train,
    }),
    modelName: options.modelName,
    experiment: options.experiment ?? config.mlflow.experiment_name,
    data: prepared.data,
    ...(prepared.streamed === undefined ? {} : { streamed: prepared.streamed }),
    recipe: prepared.recipe,
    window: options.plan.window,
    exportTolerance: config.validation.export.tolerance,
    backend,
    who: context.who,
    gitCommit: gitCommit(),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onEpoch: (progress: EpochProgress) => {
      output.progress(epochLine(progress, unit));
    },
  }).catch((error: unknown) => {
    throw explainNoVersion(error, {
      modelName: options.modelName,
      trackingUri: context.store.trackingUri,
      spoolFolder: config.mlflow.spool_dir,
    });
  });
  await checkpoint?.remove();
  output.progress(outcomeLine(trained, unit));
  return { trained, prepared, backend };
}

function planOptions(config: MlopsConfig, { epochs, seed }: TrainStepOptions): { seed: number; epochs?: number } {
  return { seed: seed ?? config.training.seed, ...(epochs === undefined ? {} : { epochs }) };
}

function checkpointLine({ path, resumeFrom }: CheckpointFile): string {
  if (resumeFrom === undefined) return `checkpoint: "${path}", written after every epoch`;
  const { epoch, ensemble } = resumeFrom;
  const network =
    ensemble === undefined || ensemble.seeds.length === 1 ? '' : ` of network ${ensemble.finished.length + 1}`;
  return `checkpoint: going on from "${path}", after epoch ${epoch}${network}`;
}

function refusals({ tried }: BackendReport): string {
  if (tried.length === 0) return '';
  return ` (${tried.map(({ name, reason }) => `${name}: ${reason.split('\n')[0] ?? ''}`).join('; ')})`;
}
