import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from '../errors.js';

/** Without a backend TensorFlow.js fails somewhere deep inside its first operation. */
export function requireBackend(action: string): void {
  if (tf.getBackend()) return;
  throw new TrainingError(`Cannot ${action}: no TensorFlow.js backend is chosen; await selectBackend() first`, {
    code: 'TRAINING_NO_BACKEND',
  });
}
