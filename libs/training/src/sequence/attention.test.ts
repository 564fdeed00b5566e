import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { largestDifference, outputAndGradients, randomInputs } from '../testing/output-and-gradients.js';
import { selfAttention } from './attention.js';

const [steps, batch, heads, size] = [4, 3, 2, 5];

/** The formula, one head of one window at a time. */
function plain(projected: tf.Tensor): tf.Tensor {
  const width = heads * size;
  const windows = Array.from({ length: batch }, (_, b) => {
    const rows = tf.reshape<tf.Rank.R2>(tf.slice(projected, [0, b, 0], [steps, 1, 3 * width]), [steps, 3 * width]);
    const part = (projection: number, head: number): tf.Tensor2D =>
      tf.slice(rows, [0, projection * width + head * size], [steps, size]);
    const outputs = Array.from({ length: heads }, (_, head) => {
      const scores = tf.div(tf.matMul(part(0, head), tf.transpose(part(1, head))), Math.sqrt(size));
      return tf.matMul(tf.softmax(scores), part(2, head));
    });
    return tf.concat(outputs as tf.Tensor2D[], 1);
  });
  return tf.stack(windows, 1);
}

describe('selfAttention()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('weighs the steps as computed by hand', () => {
    // one head, d = 1: q = [0, 1], k = [0, ln 3], v = [4, 8]
    // step 0: scores 0 and 0, so (4 + 8) / 2; step 1: scores 0 and ln 3, so (1·4 + 3·8) / 4
    const values = tf.tidy(() => {
      const projected = tf.tensor3d([0, 0, 4, 1, Math.log(3), 8], [2, 1, 3]);
      return Array.from(selfAttention(projected, 1).dataSync());
    });
    expect(values[0]).toBeCloseTo(6, 5);
    expect(values[1]).toBeCloseTo(7, 5);
  });

  it('agrees with the recorded gradients of its formula, head by head', () => {
    const inputs = randomInputs([steps, batch, 3 * heads * size]);
    const own = outputAndGradients((x) => selfAttention(x as tf.Tensor3D, heads), inputs);
    expect(
      largestDifference(
        own,
        outputAndGradients((x) => plain(x), inputs),
      ),
    ).toBeLessThan(1e-5);
    tf.dispose(inputs);
  });

  it('stays finite when scores are far apart', () => {
    const values = tf.tidy(() => {
      const projected = tf.tensor3d([1000, 1000, 1, -1000, -1000, 2], [2, 1, 3]);
      return Array.from(selfAttention(projected, 1).dataSync());
    });
    expect(values).toEqual([1, 2]);
  });
});
