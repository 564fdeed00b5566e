import type { AbortSignalLike, Clock, Preprocessing } from '@i-drill/core';
import type { Architecture } from '../sequence/architecture.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import type { TrainingCheckpoint } from './checkpoint.js';
import type { LossTerm } from './losses.js';
import type { WindowSource } from './window-source.js';
import type { Windows } from './windows.js';

/** How the learning rate changes from epoch to epoch. */
export type ScheduleSettings =
  /** Halved each time half the patience has passed without a better epoch. */
  | { readonly type: 'plateau' }
  /** Rises over the warm-up epochs, then falls to 0 along half a cosine (Loshchilov & Hutter 2017). */
  | { readonly type: 'cosine'; readonly warmupEpochs: number };

/** How a network is trained, all given. */
export interface TrainingSettings {
  /** What is minimised: a weighted sum of terms. */
  readonly loss: readonly LossTerm[];
  /** Step size of AdamW at the start. */
  readonly learningRate: number;
  readonly schedule: ScheduleSettings;
  /** Decoupled weight decay (Loshchilov & Hutter 2019), per step, times the learning rate. 0 for none. */
  readonly weightDecay: number;
  /** Windows per optimiser step. */
  readonly batchSize: number;
  /** Upper bound of passes over the training windows. */
  readonly epochs: number;
  /** Training stops after this many epochs without a better validation loss. */
  readonly patience: number;
  /** Upper bound of the Euclidean norm of all gradients together. */
  readonly gradientClip: number;
  /** Seeds the first weights, the order of the windows and what is dropped. */
  readonly seed: number;
}

/** Where training stands after an epoch. */
export interface EpochProgress {
  /** Counts from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Loss in scaled target units, mean over the windows of the epoch. */
  readonly trainLoss: number;
  /** The same on the validation part after the epoch, nothing dropped. */
  readonly validationLoss: number;
  /** Root of the mean squared validation error in target units, where a number is predicted. */
  readonly validationRmse?: number;
  /** Share of validation windows whose most probable class is the right one, where a class is predicted. */
  readonly validationAccuracy?: number;
  /** The largest of the epoch. */
  readonly learningRate: number;
  /** Training windows per second of this epoch. */
  readonly windowsPerSecond: number;
  /** Time left if all epochs run, at the mean pace so far. Early stopping may end sooner. */
  readonly etaSeconds: number;
  /** Whether this epoch has the lowest validation loss so far. */
  readonly best: boolean;
  /** Of an ensemble: which member is in training, from 1, and of how many. The time left is that of this member. */
  readonly member?: { readonly index: number; readonly of: number };
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
  readonly architecture: Architecture;
  readonly train: Windows | WindowSource;
  /** Decides which epoch is best and when to stop. Shares no unit with the training part. */
  readonly validation: Windows | WindowSource;
  /** Fitted on the training part by `fitPreprocessing`. */
  readonly preprocessing: Preprocessing;
  readonly settings: TrainingSettings;
  readonly onEpoch?: (progress: EpochProgress) => void;
  /** Called after each epoch with everything that is needed to go on from there, bit for bit. */
  readonly onCheckpoint?: (checkpoint: TrainingCheckpoint) => void | Promise<void>;
  /**
   * Goes on from here. Architecture, preprocessing, numbers of windows and settings must be the same, but for `patience` and,
   * on the plateau schedule, `epochs`.
   */
  readonly resumeFrom?: TrainingCheckpoint;
  /** Ends training after the current batch; the result then says `interrupted`. */
  readonly signal?: AbortSignalLike | undefined;
  /** For pace and time left. */
  readonly clock: Clock;
}
