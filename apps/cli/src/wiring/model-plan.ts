import type { CnnLstmConfig, LstmConfig, ModelsConfig, ModelTrainingConfig, TransformerConfig } from '@i-drill/config';
import type { SensorDataset } from '@i-drill/core';
import {
  balancedClassWeights,
  modelTypes,
  TrainingError,
  type Architecture,
  type CnnLstmArchitecture,
  type LossTerm,
  type LstmArchitecture,
  type ModelType,
  type TrainingSettings,
  type TransformerArchitecture,
} from '@i-drill/training';
import type { IntervalSettings } from '@i-drill/workflows';

/** What is trained, and how, as the training library takes it. */
export interface ModelPlan {
  readonly architecture: Architecture;
  readonly settings: TrainingSettings;
  readonly ensemble: number;
  readonly interval?: IntervalSettings;
}

/** What flags may put in place of the configuration. */
export interface ModelPlanOptions {
  readonly seed: number;
  readonly epochs?: number;
  /** Of classes: the training part, whose labels weigh the loss. */
  readonly train?: Pick<SensorDataset, 'classes' | 'segments'>;
}

/**
 * A model type by its name; `cnn_lstm`, as the predecessor and the configuration write it, is `cnn-lstm`.
 *
 * @throws TrainingError `TRAINING_UNKNOWN_MODEL_TYPE`
 */
export function modelTypeOf(name: string): ModelType {
  const type = modelTypes.find((known) => known === name.replaceAll('_', '-'));
  if (type !== undefined) return type;
  const known = modelTypes.map((each) => `"${each}"`).join(', ');
  throw new TrainingError(`Cannot train: model type "${name}" is unknown; choose one of ${known}`, {
    code: 'TRAINING_UNKNOWN_MODEL_TYPE',
    details: { modelType: name, known: modelTypes },
  });
}

/** The section of a model type, as far as all of them have the same keys. */
export function modelSection(models: ModelsConfig, type: ModelType): ModelTrainingConfig {
  return { lstm: models.lstm, transformer: models.transformer, 'cnn-lstm': models.cnn_lstm }[type];
}

/** What configuration and flags ask for. */
export function modelPlan(models: ModelsConfig, type: ModelType, options: ModelPlanOptions): ModelPlan {
  const section = modelSection(models, type);
  const interval = intervalSettings(section);
  return {
    architecture: architectureOf(models, type),
    settings: trainingSettings(section, options),
    ensemble: section.ensemble,
    ...(interval === undefined ? {} : { interval }),
  };
}

/** The interval predictions are to have; `undefined` for none. */
export function intervalSettings({ interval }: ModelTrainingConfig): IntervalSettings | undefined {
  const { method, ...rest } = interval;
  return method === 'none' ? undefined : { method, ...rest };
}

function architectureOf(models: ModelsConfig, type: ModelType): Architecture {
  switch (type) {
    case 'lstm':
      return lstm(models.lstm);
    case 'transformer':
      return transformer(models.transformer);
    case 'cnn-lstm':
      return cnnLstm(models.cnn_lstm);
  }
}

function lstm({ hidden_size: hiddenSize, num_layers: numLayers, dropout }: LstmConfig): LstmArchitecture {
  return { type: 'lstm', hiddenSize, numLayers, dropout };
}

function transformer(config: TransformerConfig): TransformerArchitecture {
  return {
    type: 'transformer',
    modelSize: config.d_model,
    heads: config.nhead,
    numLayers: config.num_layers,
    feedForwardSize: config.dim_feedforward,
    positions: config.positions,
    dropout: config.dropout,
  };
}

function cnnLstm(config: CnnLstmConfig): CnnLstmArchitecture {
  return {
    type: 'cnn-lstm',
    filters: config.filters,
    kernelSize: config.kernel_size,
    convolutions: config.convolutions,
    hiddenSize: config.hidden_size,
    numLayers: config.num_layers,
    dropout: config.dropout,
  };
}

function trainingSettings(
  section: ModelTrainingConfig,
  { seed, epochs = section.epochs, train }: ModelPlanOptions,
): TrainingSettings {
  return {
    loss: train?.classes === undefined ? lossTerms(section) : [crossEntropy(section, train)],
    learningRate: section.learning_rate,
    schedule: scheduleOf(section, epochs),
    weightDecay: section.weight_decay,
    batchSize: section.batch_size,
    epochs,
    patience: section.patience,
    gradientClip: section.gradient_clip,
    seed,
  };
}

/** A warm-up is shortened where `--epochs` asks for no more epochs than it has. */
function scheduleOf(
  { schedule, warmup_epochs: warmUp }: ModelTrainingConfig,
  epochs: number,
): TrainingSettings['schedule'] {
  if (schedule === 'plateau') return { type: 'plateau' };
  return { type: 'cosine', warmupEpochs: Math.min(warmUp, epochs - 1) };
}

/** The loss of the prediction; for conformalised quantiles also that of the two ends, which the network then learns. */
function lossTerms({ loss, huber_delta: delta, interval }: ModelTrainingConfig): LossTerm[] {
  const { method, coverage } = interval;
  const ends = method === 'conformalised-quantiles' ? [(1 - coverage) / 2, (1 + coverage) / 2] : [];
  if (loss === 'pinball') return [{ type: 'pinball', levels: [0.5, ...ends] }];
  const point: LossTerm = loss === 'huber' ? { type: 'huber', delta } : { type: 'mse' };
  return ends.length === 0 ? [point] : [point, { type: 'pinball', levels: ends }];
}

function crossEntropy(
  { class_weights: weights }: ModelTrainingConfig,
  { classes = [], segments }: Pick<SensorDataset, 'classes' | 'segments'>,
): LossTerm {
  const labels = segments.flatMap(({ target }) => Array.from(target).filter((label) => !Number.isNaN(label)));
  const classWeights = weights === 'none' ? classes.map(() => 1) : balancedClassWeights(labels, classes.length);
  return { type: 'cross-entropy', classWeights };
}
