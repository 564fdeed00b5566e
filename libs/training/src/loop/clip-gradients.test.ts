import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { clipGradients } from './clip-gradients.js';

function clipped(gradients: readonly number[][], limit: number): number[][] {
  return tf.tidy(() => clipGradients(gradients.map((g) => tf.tensor1d(g)), limit).map((t) => Array.from(t.dataSync()))); // prettier-ignore
}

describe('clipGradients()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('shortens all gradients together when their common norm is above the limit', () => {
    expect(clipped([[3], [4]], 1).flat()).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  });

  it('leaves gradients below the limit, and zeros, as they are', () => {
    expect(clipped([[3], [4]], 10)).toEqual([[3], [4]]);
    expect(clipped([[0, 0]], 1)).toEqual([[0, 0]]);
  });
});
