import { createRng } from '@i-drill/numerics';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { dropoutFrom, dropoutMask } from './dropout.js';
import { randomStream } from './random-streams.js';

describe('dropoutMask()', () => {
  it('drops the share asked for and keeps the mean', () => {
    const mask = dropoutMask(20_000, 0.3, createRng(1));
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    const mean = mask.reduce((sum, value) => sum + value, 0) / mask.length;
    expect(mean).toBeCloseTo(1, 1.5);
    expect(mask.filter((value) => value === 0).length / mask.length).toBeCloseTo(0.3, 1.5);
  });

  it('keeps everything where the share is 0', () => {
    expect(dropoutMask(3, 0, createRng(1))).toEqual(Float32Array.of(1, 1, 1));
  });
});

describe('dropoutFrom()', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  it('drops the same values in every step of a sequence, and others in the next application', () => {
    const [first, second] = tf.tidy(() => {
      const dropout = dropoutFrom(createRng(1));
      const steps = tf.ones<tf.Rank.R3>([2, 3, 8]);
      return [dropout(steps, 0.5), dropout(steps, 0.5)].map((masked) => masked.arraySync());
    });
    expect(first![0]).toEqual(first![1]);
    expect(first![0]).not.toEqual(first![0]!.map((row) => row.map(() => 2)));
    expect(second).not.toEqual(first);
  });

  it('gives the same masks for the same place in a training', () => {
    const masked = (step: number): unknown =>
      tf.tidy(() => dropoutFrom(randomStream(1, 'dropout', 3, step))(tf.ones<tf.Rank.R2>([4, 8]), 0.5).arraySync());
    expect(masked(2)).toEqual(masked(2));
    expect(masked(2)).not.toEqual(masked(3));
  });
});
