import type { AbortSignalLike, Clock, Preprocessing } from '@i-drill/core';
import type { SequenceModel } from '../sequence/sequence-model.js';
import type { Windows } from './windows.js';

/** Hyperparameters of an LSTM and of its training, all given. */
export interface LstmSettings {
  /** Units per layer. */
  readonly hiddenSize: number;
  readonly numLayers: number;
  /** Step size of Adam at the start. Halved after half the patience without improvement. */
  readonly learningRate: number;
  /** Windows per optimiser step. */
  readonly batchSize: number;
  /** Upper bound of passes over the training windows. */
  readonly epochs: number;
  /** Training stops after this many epochs without a better validation loss. */
  readonly patience: number;
  /** Upper bound of the Euclidean norm of all gradients together. */
  readonly gradientClip: number;
  /** Seeds the first weights and the order of the windows. */
  readonly seed: number;
}

/** Where training stands after an epoch. */
export interface EpochProgress {
  /** Counts from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean squared error in scaled target units, mean over the batches of the epoch. */
  readonly trainLoss: number;
  /** Mean squared error in scaled target units after the epoch. */
  readonly validationLoss: number;
  readonly learningRate: number;
  /** Training windows per second of this epoch. */
  readonly windowsPerSecond: number;
  /** Time left if all epochs run, at the mean pace so far. Early stopping may end sooner. */
  readonly etaSeconds: number;
  /** Whether this epoch has the lowest validation loss so far. */
  readonly best: boolean;
}

/** A finished training. */
export interface TrainingResult {
  /** With the weights of the best epoch. */
  readonly model: SequenceModel;
  readonly history: EpochProgress[];
  /** Counts from 1; 0 when training was interrupted before an epoch was complete. */
  readonly bestEpoch: number;
  readonly stopped: 'early' | 'epochs' | 'interrupted';
}

/** Everything a training needs. */
export interface TrainingRequest {
  /** One of `modelTypes`. */
  readonly modelType: string;
  readonly train: Windows;
  /** Decides which epoch is best and when to stop. Shares no unit with the training part. */
  readonly validation: Windows;
  /** Fitted on the training part by `fitPreprocessing`. */
  readonly preprocessing: Preprocessing;
  readonly settings: LstmSettings;
  readonly onEpoch?: (progress: EpochProgress) => void;
  /** Ends training after the current batch; the result then says `interrupted`. */
  readonly signal?: AbortSignalLike | undefined;
  /** For pace and time left. */
  readonly clock: Clock;
}
