import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../backend/select-backend.js';
import { layerWeights } from './layer-weights.js';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

it('layerWeights() finds the weights of a layer by its name, in the order of the parameters', () => {
  const names = ['embed.kernel', 'embed.bias', 'positions', 'block0.up.kernel', 'block0.up.bias'];
  const parameters = names.map((name) => ({ name, shape: [], initial: () => new Float32Array(1), decays: false }));
  const weights = names.map((_, index) => tf.scalar(index));
  const values = (layer: string): number[] => layerWeights(parameters, weights)(layer).map((w) => w.dataSync()[0]!);
  expect(values('embed')).toEqual([0, 1]);
  expect(values('positions')).toEqual([2]);
  expect(values('block0.up')).toEqual([3, 4]);
  tf.dispose(weights);
});
