import * as tf from '@tensorflow/tfjs-core';
import { requireBackend } from '../backend/require-backend.js';
import { toTensors } from '../sequence/lstm-tensors.js';
import type { SequenceModel } from '../sequence/sequence-model.js';
import { requireMatchingWindows } from './check-training.js';
import { networkOutputs } from './network-outputs.js';
import { unscaledOutputs, type RawWindows } from './scaled-windows.js';

/**
 * Predictions for raw windows, in target units, shape [count], computed 1024 windows at a time.
 *
 * @throws RangeError for windows of another shape than the model was trained on
 * @throws TrainingError `TRAINING_NO_BACKEND` before `selectBackend`
 */
export function predictWindows(model: SequenceModel, windows: RawWindows): Float32Array {
  requireBackend('predict');
  requireMatchingWindows('predict', windows, model.preprocessing);
  const weights = toTensors(model.weights);
  const outputs = networkOutputs(weights, windows, model.preprocessing);
  tf.dispose([...weights]);
  return unscaledOutputs(outputs, windows, model.preprocessing);
}
