import * as tf from '@tensorflow/tfjs-core';
import { requireBackend } from '../backend/require-backend.js';
import { toTensors } from '../sequence/lstm-tensors.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { networkOutputs } from './network-outputs.js';
import { unscaledOutputs, type RawWindows } from './scaled-windows.js';

/**
 * Predictions for raw windows, in target units, shape [count]. The same windows give the same numbers, whatever else is
 * in the call.
 *
 * @throws TrainingError `TRAINING_NO_BACKEND` before `selectBackend`
 */
export function predictWindows(model: SequenceModel, windows: RawWindows): Float32Array {
  requireBackend('predict');
  const weights = toTensors(model.weights);
  const outputs = networkOutputs(weights, windows, model.preprocessing);
  tf.dispose([...weights]);
  return unscaledOutputs(outputs, windows, model.preprocessing);
}
