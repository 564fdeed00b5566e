import * as tf from '@tensorflow/tfjs-core';

/** `tf.tidy` for results of any shape: tensors anywhere in the result are kept, all others made on the way are freed. */
export function tidy<T>(work: () => T): T {
  return tf.tidy(work as () => tf.TensorContainer) as T;
}
