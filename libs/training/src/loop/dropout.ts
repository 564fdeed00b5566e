import type { Rng } from '@i-drill/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Dropout } from '../sequence/network.js';

/**
 * Dropout whose masks come from a generator, one mask [B, width] per application: 1 / (1 − share) with probability 1 − share,
 * else 0. The caller tidies.
 */
export function dropoutFrom(rng: Rng): Dropout {
  return <T extends tf.Tensor>(x: T, share: number): T => {
    const [batch, width] = x.shape.slice(-2) as [number, number];
    return tf.mul(x, tf.tensor2d(dropoutMask(batch * width, share, rng), [batch, width]));
  };
}

/** Zeros and 1 / (1 − share). */
export function dropoutMask(size: number, share: number, rng: Rng): Float32Array {
  const kept = 1 / (1 - share);
  const mask = new Float32Array(size);
  for (let index = 0; index < size; index++) mask[index] = rng.next() < share ? 0 : kept;
  return mask;
}
