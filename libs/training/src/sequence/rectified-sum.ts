import * as tf from '@tensorflow/tfjs-core';
import { columnSums } from './column-sums.js';
import { withGradient } from './own-gradient.js';
import { rectifierSlope } from './rectifier-slope.js';

/**
 * Bias and rectifier in one operation:
 *
 *   y = max(x + b, 0),  δx = δy where y > 0, else 0,  δb = Σ_rows δx
 *
 * @param x shape [..., width]
 * @param bias b, shape [width]
 */
export function rectifiedSum<T extends tf.Tensor>(x: T, bias: tf.Tensor1D): T {
  return withGradient<T>([x, bias], () => {
    const y = tf.relu(tf.add<T>(x, bias));
    const gradient = (dy: T, [y]: tf.Tensor[]): tf.Tensor[] => {
      const dx = tf.mul(dy, rectifierSlope(y!));
      return [dx, columnSums(dx)];
    };
    return { value: y, saved: [y], gradient };
  });
}
