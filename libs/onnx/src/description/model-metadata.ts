import type { PredictionInterval, Preprocessing } from '@i-drill/core';
import type { Architecture, OutputColumn } from '@i-drill/training';

/**
 * What a model file says about itself: everything of a `SequenceModel` but its weights, so that the file alone is enough to
 * prepare its input and to read its output.
 */
export interface ModelMetadata {
  readonly formatVersion: 1;
  readonly architecture: Architecture;
  readonly preprocessing: Preprocessing;
  /** Columns of the networks inside; only the prediction and what the interval needs leave the graph. */
  readonly columns: readonly OutputColumn[];
  /** How many networks are averaged. */
  readonly members: number;
  readonly interval?: PredictionInterval;
}

/** What all keys begin with: other tools write into the same list. */
export const keyPrefix = 'i_drill.';
