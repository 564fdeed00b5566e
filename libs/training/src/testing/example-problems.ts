import type { SensorDataset } from '@i-drill/core';
import type { TrainingSettings } from '../loop/training-types.js';
import type { Architecture } from '../sequence/architecture.js';
import { dataSet, movingSums } from './data-sets.js';
import { classedSet, smallTraining, trainingOn, type InMemory } from './small-training.js';

const units: readonly [unit: string, seed: number][] = [
  ['a', 1],
  ['b', 2],
  ['c', 3],
];

/** Sums over the last three rows of noise, about 65 ± 5: to be predicted for a unit that is not in the training part. */
export function sumsProblem(architecture: Architecture): InMemory {
  const train = dataSet(units.map(([unit, seed]) => movingSums(unit, seed)));
  return { ...trainingOn(train, dataSet([movingSums('v', 4)])), architecture };
}

/** Whether such a sum is low, middling or high. */
export function classesProblem(architecture: Architecture): InMemory {
  const classed = units.map(([unit, seed]) => classedSet(unit, seed, 200));
  const train: SensorDataset = { ...classed[0]!, segments: classed.flatMap(({ segments }) => segments) };
  const settings: Partial<TrainingSettings> = {
    loss: [{ type: 'cross-entropy', classWeights: [1, 1, 1] }],
    schedule: { type: 'cosine', warmupEpochs: 1 },
    learningRate: 0.04,
    batchSize: 64,
    epochs: 30,
    patience: 30,
  };
  return { ...trainingOn(train, classedSet('v', 4, 200), settings), architecture };
}

/** 40 windows, a few epochs: for what needs no good model. */
export function quickProblem(architecture: Architecture, changed: Partial<TrainingSettings> = {}): InMemory {
  return { ...smallTraining({ epochs: 6, batchSize: 16, ...changed }), architecture };
}
