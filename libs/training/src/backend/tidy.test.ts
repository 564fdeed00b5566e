import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from './select-backend.js';
import { tidy, tidyAll } from './tidy.js';

describe('tidy() and tidyAll()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('keep the tensors of the result, and none', () => {
    const before = tf.memory().numTensors;
    const { x } = tidy(() => ({ x: tf.neg(tf.scalar(1)) }));
    expect(tf.memory().numTensors).toBe(before + 1);
    x.dispose();
    expect(tidyAll(() => tf.neg(tf.scalar(1)).dataSync())).toEqual(Float32Array.of(-1));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('free everything when the work fails', () => {
    const before = tf.memory().numTensors;
    const failing = (): void => {
      tf.scalar(1);
      throw new Error('it failed');
    };
    expect(() => {
      tidyAll(failing);
    }).toThrow('it failed');
    expect(tf.memory().numTensors).toBe(before);
  });
});
