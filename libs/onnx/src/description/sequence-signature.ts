import type { ModelSignature, PredictionInterval, Preprocessing, TensorSpec } from '@i-drill/core';

/** Names of the tensors at the door of an exported model. */
export const tensorNames = {
  window: 'window',
  prediction: 'prediction',
  lower: 'lower',
  upper: 'upper',
  probabilities: 'probabilities',
} as const;

/**
 * What a sequence model takes and gives, N free:
 *
 *   window [N, T, F], raw values -> prediction [N, 1], target units
 *                                -> prediction, lower, upper, each [N, 1], for a model with an interval
 *                                -> probabilities [N, C], for a model of C classes
 *
 * @example
 * ```ts
 * import { sequenceSignature } from '@i-drill/onnx';
 * const preprocessing = {
 *   formatVersion: 1,
 *   task: 'remaining-useful-life',
 *   features: [{ name: 'torque', unit: 'kN.m' }, { name: 'flow', unit: 'L/min' }],
 *   target: { name: 'remaining', unit: 'h' },
 *   windowLength: 30,
 *   padding: 'repeat-first-row',
 *   featureScaler: { mean: [9, 2000], scale: [2, 150] },
 *   targetScaler: { mean: [20], scale: [8] },
 * } as const;
 * sequenceSignature(preprocessing).inputs[0]?.shape; // => [-1, 30, 2]
 * sequenceSignature(preprocessing).outputs.map(({ name }) => name); // => ['prediction']
 * ```
 */
export function sequenceSignature(preprocessing: Preprocessing, interval?: PredictionInterval): ModelSignature {
  const { windowLength, features } = preprocessing;
  return {
    inputs: [{ name: tensorNames.window, dtype: 'float32', shape: [-1, windowLength, features.length] }],
    outputs: outputTensors(preprocessing, interval),
  };
}

function outputTensors({ classes }: Preprocessing, interval: PredictionInterval | undefined): TensorSpec[] {
  if (classes) return [{ name: tensorNames.probabilities, dtype: 'float32', shape: [-1, classes.length] }];
  const { prediction, lower, upper } = tensorNames;
  const names = interval ? [prediction, lower, upper] : [prediction];
  return names.map((name) => ({ name, dtype: 'float32', shape: [-1, 1] }));
}
