import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { selectBackend, type BackendName } from '../backend/select-backend.js';
import { rectifierSlope } from './rectifier-slope.js';

it.each<BackendName>(['cpu', 'wasm'])('rectifierSlope() is 1 above 0 and 0 at 0, on %s', async (backend) => {
  await selectBackend([backend]);
  const slope = tf.tidy(() => Array.from(rectifierSlope(tf.relu(tf.tensor1d([-2, 0, 1e-30, 5]))).dataSync()));
  expect(slope).toEqual([0, 0, 1, 1]);
});
