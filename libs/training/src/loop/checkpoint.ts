import type { Preprocessing } from '@i-drill/core';
import type { Architecture } from '../sequence/architecture.js';
import type { NetworkWeights } from '../sequence/network-weights.js';
import type { StoppingState } from './early-stopping.js';
import type { EpochProgress, TrainingResult, TrainingSettings } from './training-types.js';

/** Everything a training needs to go on after an epoch as if it had never stopped. */
export interface TrainingCheckpoint {
  readonly architecture: Architecture;
  readonly settings: TrainingSettings;
  readonly preprocessing: Preprocessing;
  /** Epochs that are complete. */
  readonly epoch: number;
  readonly weights: NetworkWeights;
  /** What AdamW remembers: running means of gradients and of their squares, in the order of the weights. */
  readonly firstMoments: NetworkWeights;
  readonly secondMoments: NetworkWeights;
  /** Optimiser steps taken. */
  readonly steps: number;
  readonly stopping: StoppingState;
  readonly best: BestEpoch;
  readonly history: readonly EpochProgress[];
  /** Windows it was trained and validated on. */
  readonly windows: { readonly training: number; readonly validation: number };
  /** Of an ensemble: the seeds of all its members, and those that are finished. This checkpoint is of the next. */
  readonly ensemble?: { readonly seeds: readonly number[]; readonly finished: readonly TrainedMember[] };
}

/** A member of an ensemble that is trained. */
export interface TrainedMember {
  readonly seed: number;
  /** Of the best epoch. */
  readonly weights: NetworkWeights;
  readonly history: readonly EpochProgress[];
  /** Counts from 1; 0 when training was interrupted before an epoch was complete. */
  readonly bestEpoch: number;
  readonly stopped: TrainingResult['stopped'];
}

/** The epoch with the lowest validation loss. */
export interface BestEpoch {
  readonly epoch: number;
  readonly weights: NetworkWeights;
  /** Whether its output hardly varied over the validation windows while the targets did. */
  readonly isConstant: boolean;
}
