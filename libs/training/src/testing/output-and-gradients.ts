import * as tf from '@tensorflow/tfjs-core';

/** An operation on tensors. */
export type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

/**
 * The output of an operation and, for each input, the gradient of Σ (output ∘ mask), as plain numbers. The mask is random
 * and always the same, so that every output pulls with another weight.
 */
export function outputAndGradients(operation: Operation, inputs: readonly tf.Tensor[]): number[][] {
  return tf.tidy(() => {
    const output = operation(...inputs);
    const mask = outputMask(output.shape);
    const pulled = (...variables: tf.Tensor[]): tf.Tensor => tf.sum(tf.mul(operation(...variables), mask));
    return [output, ...tf.grads(pulled)([...inputs])].map((tensor) => Array.from(tensor.dataSync()));
  });
}

/** What the outputs are weighted with. */
export function outputMask(shape: number[]): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, 'float32', 3);
}

/** Normal random inputs of the given shapes, the same each time. */
export function randomInputs(...shapes: readonly number[][]): tf.Tensor[] {
  return shapes.map((shape, index) => tf.randomNormal(shape, 0, 1, 'float32', 100 + index));
}

/** max |a − b| over all numbers of two results of the same shape. */
export function largestDifference(a: readonly number[][], b: readonly number[][]): number {
  if (a.some((values, index) => values.length !== b[index]?.length)) return Infinity;
  return Math.max(...a.flatMap((values, index) => values.map((value, i) => Math.abs(value - b[index]![i]!))));
}
