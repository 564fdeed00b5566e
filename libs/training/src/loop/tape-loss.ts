import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from '../sequence/own-gradient.js';
import { lossAndSlope, type LossTerm } from './losses.js';

/**
 * `lossAndSlope` as one operation with its own gradient: δŷ = δL · slope.
 *
 * @param outputs shape [B, O]
 * @param targets scaled, shape [B]
 */
export function tapeLoss(terms: readonly LossTerm[], outputs: tf.Tensor2D, targets: Float32Array): tf.Scalar {
  return withGradient<tf.Scalar>([outputs], () => {
    const { loss, slope } = lossAndSlope(terms, outputs.dataSync<'float32'>(), targets);
    const gradient = (dy: tf.Tensor, [slope]: tf.Tensor[]): tf.Tensor[] => [tf.mul(slope!, dy)];
    return { value: tf.scalar(loss), saved: [tf.tensor2d(slope, outputs.shape)], gradient };
  });
}
