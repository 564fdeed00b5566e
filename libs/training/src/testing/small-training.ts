import type { SensorDataset } from '@i-drill/core';
import { FakeClock } from '@i-drill/testkit';
import { fitPreprocessing } from '../loop/fit-preprocessing.js';
import type { TrainingRequest, TrainingSettings } from '../loop/training-types.js';
import { makeWindows, type Windows } from '../loop/windows.js';
import type { LstmArchitecture } from '../sequence/architecture.js';
import { dataSet, movingSums, segment } from './data-sets.js';

/** A network that trains in milliseconds. */
export const tinyLstm: LstmArchitecture = { type: 'lstm', hiddenSize: 8, numLayers: 1, dropout: 0 };

/** Settings with which `tinyLstm` learns sums over a window. */
export const tinySettings: TrainingSettings = {
  loss: [{ type: 'mse' }],
  learningRate: 0.02,
  schedule: { type: 'plateau' },
  weightDecay: 0,
  batchSize: 32,
  epochs: 12,
  patience: 12,
  gradientClip: 1,
  seed: 1,
};

/** A request whose windows are in memory. */
export type InMemory = TrainingRequest & { readonly train: Windows; readonly validation: Windows };

/** A training of `tinyLstm` on windows of 4 rows. */
export function trainingOn(
  train: SensorDataset,
  validation: SensorDataset,
  changed: Partial<TrainingSettings> = {},
): InMemory {
  return {
    architecture: tinyLstm,
    train: makeWindows(train, { windowLength: 4 }),
    validation: makeWindows(validation, { windowLength: 4 }),
    preprocessing: fitPreprocessing(train, { windowLength: 4 }),
    settings: { ...tinySettings, ...changed },
    clock: new FakeClock(),
  };
}

/** One unit of 40 rows: the sums over three rows. */
export const smallSet: SensorDataset = dataSet([movingSums('a', 1, 40)]);

/** A training on 40 windows that are their own validation. */
export function smallTraining(changed: Partial<TrainingSettings> = {}): InMemory {
  return trainingOn(smallSet, smallSet, changed);
}

/** The class of a row is whether the sum over three rows is low, middle or high. */
export function classedSet(unit: string, seed: number, rows = 120): SensorDataset {
  const { features, target } = movingSums(unit, seed, rows);
  const label = (value: number): number => (value < 62 ? 0 : value < 68 ? 1 : 2);
  const labels = Array.from(target, label);
  return dataSet([segment(unit, Array.from(features), labels)], {
    task: 'window-class',
    target: { name: 'level', unit: '-' },
    classes: ['low', 'middle', 'high'],
  });
}
