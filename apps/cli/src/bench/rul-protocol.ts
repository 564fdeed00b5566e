import type { CmapssSubset } from '@i-drill/datasets';
import type { Architecture, ModelType, TrainingSettings } from '@i-drill/training';

/** How one kind of model is trained in the benchmark, on every subset alike but for the number of epochs. */
export interface RulRecipe {
  readonly architecture: Architecture;
  readonly settings: Omit<TrainingSettings, 'seed'>;
}

/**
 * What is the same for every model. All of it, and every recipe below, was chosen by what networks say about units held
 * out of the training files, never by a test file.
 */
export const rulProtocol = {
  /** Labels above it are cut, in cycles (Heimes 2008; the usual 125). Predictions are cut to [0, cap] too. */
  targetCap: 125,
  /** Cycles per window; shorter units are padded with their first row. */
  windowLength: 80,
  /** Cycles between neighbouring windows to learn from. Calibration and test windows end at every cycle they may. */
  stride: 4,
  /** Networks per model. Each is trained without one fold of the training units and calibrates the interval on it. */
  folds: 5,
  /** Share of the training units that choose the best epoch of a network. */
  validationShare: 0.1,
  /** Seeds of a run that counts, 1 to n. */
  seeds: 5,
  /** Share of test engines whose interval should hold the true value. */
  coverage: 0.9,
} as const;

/**
 * Sensors that move with wear: 2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20 and 21, as in most papers since Li, Ding & Sun
 * (2018). The other seven are constant, or nearly, in every operating condition.
 */
export const rulSensors: readonly string[] = [
  'T24',
  'T30',
  'T50',
  'P30',
  'Nf',
  'Nc',
  'Ps30',
  'phi',
  'NRf',
  'NRc',
  'BPR',
  'htBleed',
  'W31',
  'W32',
];

/** Passes over the windows of a subset: about the same number of windows seen, whatever its size. */
type Epochs = Readonly<Record<CmapssSubset, number>>;
const windowsSeen100k: Epochs = { FD001: 28, FD002: 11, FD003: 24, FD004: 10 };
const windowsSeen50k: Epochs = { FD001: 14, FD002: 6, FD003: 12, FD004: 6 };

const shared = { schedule: { type: 'cosine', warmupEpochs: 1 }, gradientClip: 1 } as const;

interface DeclaredRecipe {
  readonly architecture: Architecture;
  readonly epochs: Epochs;
  readonly settings: Omit<RulRecipe['settings'], 'epochs' | 'patience'>;
}

const recipes: Readonly<Record<ModelType, DeclaredRecipe>> = {
  lstm: {
    architecture: { type: 'lstm', hiddenSize: 32, numLayers: 1, dropout: 0.1 },
    epochs: windowsSeen100k,
    settings: { ...shared, loss: [{ type: 'mse' }], learningRate: 0.008, weightDecay: 0.01, batchSize: 128 },
  },
  'cnn-lstm': {
    architecture: {
      type: 'cnn-lstm',
      filters: 32,
      kernelSize: 5,
      convolutions: 3,
      hiddenSize: 64,
      numLayers: 1,
      dropout: 0,
    },
    epochs: windowsSeen50k,
    settings: {
      ...shared,
      loss: [{ type: 'huber', delta: 0.5 }],
      learningRate: 0.004,
      weightDecay: 0.01,
      batchSize: 64,
    },
  },
  transformer: {
    architecture: {
      type: 'transformer',
      modelSize: 64,
      heads: 2,
      numLayers: 1,
      feedForwardSize: 128,
      positions: 'sinusoidal',
      dropout: 0,
    },
    epochs: windowsSeen50k,
    settings: { ...shared, loss: [{ type: 'mse' }], learningRate: 0.004, weightDecay: 0, batchSize: 64 },
  },
};

/** The declared recipe. The cosine ends training: patience is as long as it. */
export function rulRecipe(modelType: ModelType, subset: CmapssSubset, shortened?: number): RulRecipe {
  const { architecture, settings, ...declared } = recipes[modelType];
  const epochs = shortened ?? declared.epochs[subset];
  const schedule = { ...shared.schedule, warmupEpochs: Math.min(shared.schedule.warmupEpochs, epochs - 1) };
  return { architecture, settings: { ...settings, schedule, epochs, patience: epochs } };
}
