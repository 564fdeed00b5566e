import * as tf from '@tensorflow/tfjs-core';
import { lossAndSlope, type LossTerm } from './losses.js';

/**
 * `lossAndSlope` as one operation with its own gradient: δŷ = δL · slope.
 *
 * @param outputs shape [B, O]
 * @param targets scaled, shape [B]
 */
export function tapeLoss(terms: readonly LossTerm[], outputs: tf.Tensor2D, targets: Float32Array): tf.Scalar {
  const loss = tf.customGrad((...args) => {
    const [output, save] = args as unknown as [tf.Tensor2D, (tensors: tf.Tensor[]) => void];
    const { loss, slope } = lossAndSlope(terms, output.dataSync<'float32'>(), targets);
    save([tf.tensor2d(slope, output.shape)]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => tf.mul(saved[0]!, dy);
    return { value: tf.scalar(loss), gradFunc };
  });
  return loss(outputs);
}
