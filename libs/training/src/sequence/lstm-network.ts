import * as tf from '@tensorflow/tfjs-core';
import { linearHead, squaredError } from './linear-head.js';
import { lstmLayer, lstmOutput } from './lstm.js';

/**
 * The weights of a network as tensors, in an order that never changes: one matrix [U + F + 1, 4U] per layer, from the
 * input upwards, then the kernel [U, 1] and the bias [1] of the head.
 */
export type LstmTensors = readonly tf.Tensor[];

/**
 * What the network says, in scaled units, shape [B, 1].
 *
 * @param x scaled windows, time first, shape [T, B, F]
 */
export function networkOutput(weights: LstmTensors, x: tf.Tensor3D): tf.Tensor2D {
  return tf.tidy(() => {
    const hidden = stackLayers(weights, x, (input, layer, { output }) => lstmOutput(input, layer, output));
    return linearHead(hidden, ...head(weights));
  });
}

/**
 * Mean squared error of the network on a batch, and its gradient for every weight.
 *
 * @param x scaled windows, time first, shape [T, B, F]
 * @param targets scaled, shape [B, 1]
 */
export function lossAndGradients(weights: LstmTensors, x: tf.Tensor3D, targets: tf.Tensor2D): LossAndGradients {
  const loss = (...w: tf.Tensor[]): tf.Scalar => squaredError(stackLayers(w, x, lstmLayer), ...head(w), targets);
  const { value, grads } = tf.valueAndGrads(loss)([...weights]);
  return { loss: value, gradients: grads };
}

/** Loss of a batch with its gradients, in the order of the weights. */
export interface LossAndGradients {
  readonly loss: tf.Scalar;
  readonly gradients: tf.Tensor[];
}

/** The last hidden state of the top layer, shape [B, U]: each layer below hands on all its hidden states. */
function stackLayers(weights: LstmTensors, x: tf.Tensor3D, apply: typeof lstmLayer): tf.Tensor2D {
  const layers = weights.slice(0, -2) as tf.Tensor2D[];
  return layers.reduce<tf.Tensor>((input, layer, index) => {
    const output = index === layers.length - 1 ? 'last-step' : 'every-step';
    return apply(input as tf.Tensor3D, layer, { output, inputGradient: index > 0 });
  }, x) as tf.Tensor2D;
}

function head(weights: LstmTensors): [tf.Tensor2D, tf.Tensor1D] {
  return [weights.at(-2) as tf.Tensor2D, weights.at(-1) as tf.Tensor1D];
}
