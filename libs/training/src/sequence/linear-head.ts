import * as tf from '@tensorflow/tfjs-core';

/**
 * The linear output: ŷ = h · k + b.
 *
 * @param h last hidden states, shape [B, U]
 * @param kernel k, shape [U, 1]
 * @param bias b, shape [1]
 * @returns ŷ, shape [B, 1]
 */
export function linearHead(h: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.add(tf.matMul(h, kernel), bias);
}

/**
 * Mean squared error of the linear output, with its own gradient:
 *
 *   L = 1/B · Σ (ŷ − y)²,  δŷ = 2/B · (ŷ − y),  δh = δŷ · kᵀ,  δk = hᵀ · δŷ,  δb = Σ δŷ
 *
 * @param targets y, shape [B, 1]
 */
export function squaredError(h: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, targets: tf.Tensor2D): tf.Scalar {
  const loss = tf.customGrad((...args) => {
    const save = args.at(-1) as (tensors: tf.Tensor[]) => void;
    const error = tf.sub<tf.Tensor2D>(linearHead(h, kernel, bias), targets);
    save([error, h]); // h is an intermediate: gone before the gradient runs unless saved
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [error, h] = saved as [tf.Tensor2D, tf.Tensor2D];
      const dOutput = tf.mul<tf.Tensor2D>(error, tf.mul(dy, 2 / targets.shape[0]));
      return [
        tf.matMul(dOutput, tf.transpose(kernel)),
        tf.matMul(tf.transpose(h), dOutput),
        tf.reshape(tf.sum(dOutput), [1]),
      ];
    };
    return { value: tf.mean<tf.Scalar>(tf.square(error)), gradFunc };
  });
  return loss(h, kernel, bias);
}
