import type { SequenceModel } from '@i-drill/training';
import { checkSequenceModel } from './check-sequence-model.js';
import { encodeModel } from './messages.js';
import { sequenceGraph } from './sequence-graph.js';

/**
 * A trained model as an ONNX file: operator set 17, IR version 8, one input `window` [N, T, F] of raw values, one output
 * `prediction` [N, 1] in target units. Scaling, anchor and head are inside. The same model gives the same bytes.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` when the parts of the model do not fit together or hold NaN.
 *
 * @example
 * ```ts
 * import { exportSequenceModel, openModel } from '@i-drill/onnx';
 * const zeros = (size: number) => new Float32Array(size);
 * const onnx = exportSequenceModel({
 *   modelType: 'lstm',
 *   preprocessing: {
 *     formatVersion: 1,
 *     task: 'remaining-useful-life',
 *     features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'remaining', unit: 'h' },
 *     windowLength: 3,
 *     padding: 'repeat-first-row',
 *     featureScaler: { mean: [9], scale: [2] },
 *     targetScaler: { mean: [20], scale: [8] },
 *   },
 *   weights: {
 *     layers: [{ inputs: 1, units: 1, kernel: zeros(4), recurrent: zeros(4), bias: zeros(4) }],
 *     head: { kernel: zeros(1), bias: Float32Array.of(0.5) },
 *   },
 * });
 * const model = await openModel(onnx);
 * Array.from(await model.predict(Float32Array.of(8, 9, 10), 1)); // => [24]
 * ```
 */
export function exportSequenceModel(model: SequenceModel): Uint8Array {
  checkSequenceModel(model);
  return encodeModel(sequenceGraph(model));
}
