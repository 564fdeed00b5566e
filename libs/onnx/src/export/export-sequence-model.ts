import type { SequenceModel } from '@i-drill/training';
import { descriptionProblem } from '../description/description-problem.js';
import { modelDoc } from '../description/plain-words.js';
import { writeMetadata } from '../description/write-metadata.js';
import { exportRefusal } from '../errors.js';
import { encodeModel } from '../format/messages.js';
import { sequenceGraph } from '../graph/sequence-graph.js';

/**
 * A trained model as an ONNX file: operator set 17, IR version 8, one input `window` [N, T, F] of raw values; outputs as in
 * `sequenceSignature`. Scaling, anchor, ensemble and interval are inside, and so is what the model says about itself. The
 * same model gives the same bytes.
 *
 * @throws OnnxError `ONNX_INVALID_MODEL` when the parts of the model do not fit together or hold NaN; the message names the
 * part or the weight.
 *
 * @example
 * ```ts
 * import { exportSequenceModel, openModel } from '@i-drill/onnx';
 * const zeros = (...shape: number[]) => new Float32Array(shape.reduce((a, b) => a * b));
 * const onnx = exportSequenceModel({
 *   architecture: { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
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
 *   columns: [{ kind: 'point' }],
 *   members: [
 *     [
 *       { name: 'lstm0.weights', shape: [3, 4], values: zeros(3, 4) },
 *       { name: 'head.kernel', shape: [1, 1], values: zeros(1) },
 *       { name: 'head.bias', shape: [1], values: Float32Array.of(0.5) },
 *     ],
 *   ],
 * });
 * const model = await openModel(onnx);
 * model.metadata?.preprocessing.target; // => { name: 'remaining', unit: 'h' }
 * Array.from(await model.predict(Float32Array.of(8, 9, 10), 1)); // => [24]
 * ```
 */
export function exportSequenceModel(model: SequenceModel): Uint8Array {
  const problem = descriptionProblem({ ...model, members: model.members.length });
  if (problem !== undefined) throw exportRefusal(problem);
  return encodeModel(sequenceGraph(model), { doc: modelDoc(model), metadata: writeMetadata(model) });
}
