import * as tf from '@tensorflow/tfjs-core';

/** `tf.tidy` for results of any shape: tensors anywhere in the result are kept, all others made on the way are freed. */
export function tidy<T>(work: () => T): T {
  return tf.tidy(work as () => tf.TensorContainer) as T;
}

/**
 * `tf.tidy` for results without tensors: everything made on the way is freed. Handed a typed array, `tf.tidy` would look
 * for a tensor in each of its elements, which for the gradients of a small network takes as long as a layer.
 */
export function tidyAll<T>(work: () => T): T {
  let result: T | undefined;
  tf.tidy(() => {
    result = work();
  });
  return result as T;
}
