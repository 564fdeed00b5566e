import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './own-gradient.js';
import { rectifierSlope } from './rectifier-slope.js';

/**
 * The larger of every two steps: y_p = max(x_{2p}, x_{2p + 1}); an odd last step is kept alone. The gradient goes to the
 * larger, of equals to the first. It is `tf.maximum`, since `tf.maxPool` and `tf.max` are slow on the WebAssembly backend
 * and the gradient of its `tf.maxPool` is wrong where all values are negative.
 *
 * @param x shape [T, B, C]
 * @returns y, shape [⌈T / 2⌉, B, C]
 */
export function pairPooling(x: tf.Tensor3D): tf.Tensor3D {
  const [steps, batch, channels] = x.shape;
  if (steps === 1) return x;
  const pairs = Math.floor(steps / 2);
  const row = batch * channels;
  return withGradient([x], () => {
    const inPairs = tf.reshape<tf.Rank.R2>(tf.slice(x, 0, 2 * pairs), [pairs, 2 * row]);
    const first = tf.slice(inPairs, [0, 0], [pairs, row]);
    const second = tf.slice(inPairs, [0, row], [pairs, row]);
    const larger = tf.reshape<tf.Rank.R3>(tf.maximum(first, second), [pairs, batch, channels]);
    const secondWins = rectifierSlope(tf.relu(tf.sub(second, first))); // 1 or 0, [pairs, row]
    const gradient = (dy: tf.Tensor3D, [secondWins]: tf.Tensor[]): tf.Tensor[] => {
      const dLarger = tf.reshape<tf.Rank.R2>(tf.slice(dy, 0, pairs), [pairs, row]);
      const dSecond = tf.mul<tf.Tensor2D>(dLarger, secondWins!);
      const dPairs = tf.concat([tf.sub<tf.Tensor2D>(dLarger, dSecond), dSecond], 1);
      return [withLast(tf.reshape<tf.Rank.R3>(dPairs, [2 * pairs, batch, channels]), dy)];
    };
    return { value: withLast(larger, x), saved: [secondWins], gradient };
  });

  /** Appends the odd last step of `source`, if there is one. */
  function withLast(whole: tf.Tensor3D, source: tf.Tensor3D): tf.Tensor3D {
    return steps % 2 === 0 ? whole : tf.concat([whole, tf.slice(source, source.shape[0] - 1, 1)]);
  }
}
