import type { ModelSignature, Preprocessing } from '@i-drill/core';

/** Name of the tensor that goes in. */
export const inputName = 'window';
/** Name of the tensor that comes out. */
export const outputName = 'prediction';

/**
 * What a sequence model takes and gives: raw windows [N, T, F] in, one value per window [N, 1] out, N free.
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
 * ```
 */
export function sequenceSignature(preprocessing: Preprocessing): ModelSignature {
  const { windowLength, features } = preprocessing;
  return {
    inputs: [{ name: inputName, dtype: 'float32', shape: [-1, windowLength, features.length] }],
    outputs: [{ name: outputName, dtype: 'float32', shape: [-1, 1] }],
  };
}
