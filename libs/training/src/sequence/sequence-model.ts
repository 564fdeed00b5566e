import type { Preprocessing } from '@i-drill/core';
import type { LstmWeights } from './lstm-weights.js';

/**
 * A trained model with everything that is needed to use it:
 *
 *   prediction = targetScaler.mean + targetScaler.scale · network(scaled window) [+ anchor]
 *
 * where the anchor is the raw value of `preprocessing.anchorFeature` in the last row of the window, if one is set.
 */
export interface SequenceModel {
  readonly modelType: 'lstm';
  readonly preprocessing: Preprocessing;
  readonly weights: LstmWeights;
}

/** The model types `trainSequenceModel` knows. */
export const modelTypes: readonly ['lstm'] = ['lstm'];
