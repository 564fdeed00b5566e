import type { PredictionInterval, Preprocessing } from '@i-drill/core';
import type { Architecture } from './architecture.js';
import type { NetworkWeights } from './network-weights.js';
import type { OutputColumn } from './output-columns.js';

/**
 * A trained model with everything that is needed to use it:
 *
 *   prediction = targetScaler.mean + targetScaler.scale · mean over members of network(scaled window) [+ anchor]
 *
 * where the anchor is the raw value of `preprocessing.anchorFeature` in the last row of the window, if one is set.
 * Of classes, the prediction is the mean over members of softmax(network(scaled window)).
 */
export interface SequenceModel {
  readonly architecture: Architecture;
  readonly preprocessing: Preprocessing;
  /** Columns of the networks' output. */
  readonly columns: readonly OutputColumn[];
  /** One network, or several of the same architecture from different seeds (an ensemble). */
  readonly members: readonly NetworkWeights[];
  /** How far predictions may be off, where it was measured. */
  readonly interval?: PredictionInterval;
}
