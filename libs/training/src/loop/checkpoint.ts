import type { Preprocessing } from '@i-drill/core';
import type { Architecture } from '../sequence/architecture.js';
import type { NetworkWeights } from '../sequence/network-weights.js';
import type { StoppingState } from './early-stopping.js';
import type { EpochProgress, TrainingSettings } from './training-types.js';

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
}

/** The epoch with the lowest validation loss. */
export interface BestEpoch {
  readonly epoch: number;
  readonly weights: NetworkWeights;
  /** Whether its output hardly varied over the validation windows while the targets did. */
  readonly isConstant: boolean;
}
