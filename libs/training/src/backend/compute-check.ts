import * as tf from '@tensorflow/tfjs-core';

/**
 * One product and one activation with known results: a backend can load and still not compute (a native library of the
 * wrong version, a GPU without memory).
 */
export function requireCorrectArithmetic(): void {
  const values = tf.tidy(() => {
    const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
    return [...product.dataSync(), ...tf.sigmoid(tf.tensor1d([0])).dataSync()];
  });
  const expected = [19, 22, 43, 50, 0.5];
  if (expected.every((value, index) => Math.abs(values[index]! - value) < 1e-5)) return;
  throw new Error(`it computes ${values.join(', ')} instead of ${expected.join(', ')}`);
}
