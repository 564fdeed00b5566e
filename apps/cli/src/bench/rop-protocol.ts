import type { Architecture, ModelType, TrainingSettings } from '@i-drill/training';

/** The data sets of the benchmark. */
export const ropDatasets = ['usrop', 'forge'] as const;

/** One of the data sets. */
export type RopDataset = (typeof ropDatasets)[number];

/** Wells whose chunks were looked at when the recipe was chosen. They share rows. Nothing was chosen on any other of USROP. */
export const developmentWells: readonly string[] = ['F-7', 'F-9'];

/** How the networks of the benchmark look at a well and are trained; the same for all wells of a data set. */
export interface RopRecipe {
  readonly architecture: Architecture;
  readonly settings: Omit<TrainingSettings, 'seed'>;
  /** Places per window, the row that is predicted last. */
  readonly windowLength: number;
  /** Metres between neighbouring places. */
  readonly stepMetres: number;
  /** The anchor is the median rate of penetration of the last metres that are known. */
  readonly anchorMetres: number;
  /** Medians over these many known metres are told too. */
  readonly levelMetres: readonly number[];
  /** Rows that must be known before a question is asked in training. */
  readonly leastKnown: number;
  /** Windows per pass that are learned from, drawn anew in each. */
  readonly windowsPerPass: number;
  /** The answer is this share of the network's and the rest of hold-last's. */
  readonly networkShare: number;
  /** Windows that say which pass was best, drawn from the training rows. */
  readonly validationWindows: number;
}

/** Blocks of Utah FORGE, from 2 on, whose errors were looked at when its loss was chosen. */
export const developmentBlocks = 3;

/** Utah FORGE has outliers, which squared errors follow. */
const losses: Readonly<Record<RopDataset, TrainingSettings['loss']>> = {
  usrop: [{ type: 'mse' }],
  forge: [{ type: 'pinball', levels: [0.5] }],
};

const settings: Omit<RopRecipe['settings'], 'loss'> = {
  learningRate: 0.01,
  schedule: { type: 'cosine', warmupEpochs: 1 },
  weightDecay: 0.05,
  batchSize: 64,
  epochs: 3,
  patience: 3,
  gradientClip: 1,
};

const architectures: Readonly<Record<ModelType, Architecture>> = {
  lstm: { type: 'lstm', hiddenSize: 16, numLayers: 1, dropout: 0 },
  'cnn-lstm': {
    type: 'cnn-lstm',
    filters: 16,
    kernelSize: 3,
    convolutions: 1,
    hiddenSize: 16,
    numLayers: 1,
    dropout: 0,
  },
  transformer: {
    type: 'transformer',
    modelSize: 16,
    heads: 2,
    numLayers: 1,
    feedForwardSize: 32,
    positions: 'sinusoidal',
    dropout: 0,
  },
};

/** The declared recipe of a model type on a data set. */
export function ropRecipe(modelType: ModelType, dataset: RopDataset): RopRecipe {
  return {
    architecture: architectures[modelType],
    settings: { ...settings, loss: losses[dataset] },
    windowLength: 2,
    stepMetres: 2,
    anchorMetres: 4,
    levelMetres: [1, 12, 40],
    leastKnown: 20,
    windowsPerPass: 6400,
    validationWindows: 256,
    networkShare: 0.6,
  };
}
