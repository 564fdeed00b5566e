import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelSignature, Preprocessing } from '@i-drill/core';
import type { PredictionRecord } from '@i-drill/monitoring';
import type { Predictions } from '@i-drill/onnx';
import type { ServedModel } from '../served-model.js';

/** Two features, three rows per window. */
export const preprocessing: Preprocessing = {
  formatVersion: 1,
  task: 'remaining-useful-life',
  features: [
    { name: 'torque', unit: 'kN.m' },
    { name: 'rpm', unit: '1/min' },
  ],
  target: { name: 'life', unit: 'h' },
  windowLength: 3,
  padding: 'repeat-first-row',
  featureScaler: { mean: [0, 0], scale: [1, 1] },
  targetScaler: { mean: [0], scale: [1] },
};

const signature: ModelSignature = {
  inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 3, 2] }],
  outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
};

/** A model that adds the values of a window up. */
export function summingModel(change: Partial<ServedModel> = {}): ServedModel {
  return {
    ref: { name: 'bit-life', version: '3' },
    signature,
    preprocessing,
    predict: (inputs, count) => answer(Float32Array.from({ length: count }, (_, i) => sumOf(inputs, i))),
    close: () => Promise.resolve(),
    ...change,
  };
}

/** The same with an interval from 1 below to 2 above. */
export function modelWithInterval(): ServedModel {
  const summing = summingModel();
  return {
    ...summing,
    predict: async (inputs, count) => {
      const { prediction } = await summing.predict(inputs, count);
      return { prediction, lower: prediction.map((value) => value - 1), upper: prediction.map((value) => value + 2) };
    },
  };
}

/** Predictions without an interval. */
export function answer(prediction: Float32Array): Promise<Predictions> {
  return Promise.resolve({ prediction });
}

function sumOf(inputs: Float32Array, i: number): number {
  return inputs.subarray(i * 6, (i + 1) * 6).reduce((sum, value) => sum + value, 0);
}

/** A window of one value. */
export function windowOf(value: number): number[][] {
  return Array.from({ length: 3 }, () => [value, value]);
}

export function recordAt(at: number, change: Partial<PredictionRecord> = {}): PredictionRecord {
  const who = { requestId: 'r', model: 'bit-life', version: '3', arm: 'stable', environment: 'test' };
  return { at, ...who, latencyMs: 1, ok: true, output: 5, ...change };
}

/** A folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'serving-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
