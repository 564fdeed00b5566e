import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { FakeClock } from '@i-drill/testkit';
import { fitPreprocessing } from '../loop/fit-preprocessing.js';
import type { TrainingRequest, TrainingSettings } from '../loop/training-types.js';
import { makeWindows, type Windows } from '../loop/windows.js';
import type { Architecture } from '../sequence/architecture.js';
import { dataSet, movingSums } from './data-sets.js';

/** A request whose windows are in memory. */
export type ExampleRequest = TrainingRequest & { readonly train: Windows; readonly validation: Windows };

/** How an example is trained. */
export type Changed = Partial<TrainingSettings>;

const windowLength = 5;
const settings: TrainingSettings = {
  loss: [{ type: 'mse' }],
  learningRate: 0.02,
  schedule: { type: 'cosine', warmupEpochs: 1 },
  weightDecay: 0,
  batchSize: 32,
  epochs: 12,
  patience: 12,
  gradientClip: 1,
  seed: 1,
};

/** Sums over the last three rows of noise: 65 ± 5, and what the mean alone says is 4 off in the mean. */
export function sumsProblem(architecture: Architecture, changed: Changed = {}): ExampleRequest {
  const train = dataSet([movingSums('a', 1), movingSums('b', 2), movingSums('c', 3)]);
  return request(architecture, { train, validation: dataSet([movingSums('v', 4)]) }, { ...settings, ...changed });
}

/** The same with 40 rows, which are training and validation part alike: for what needs no good model. */
export function quickProblem(architecture: Architecture, changed: Changed = {}): ExampleRequest {
  const rows = dataSet([movingSums('a', 1, 40)]);
  return request(
    architecture,
    { train: rows, validation: rows },
    { ...settings, epochs: 6, batchSize: 16, ...changed },
  );
}

/** Whether the sum is low, middling or high, thirds of the windows each. */
export function classesProblem(architecture: Architecture, changed: Changed = {}): ExampleRequest {
  const classes = ['low', 'middle', 'high'];
  const named = (segment: SensorSegment): SensorSegment => ({ ...segment, target: segment.target.map(third) });
  const classified = (...segments: SensorSegment[]): SensorDataset =>
    dataSet(segments.map(named), { task: 'window-class', classes });
  const train = classified(movingSums('a', 1), movingSums('b', 2), movingSums('c', 3));
  const loss = [{ type: 'cross-entropy', classWeights: [1, 1, 1] }] as const;
  const parts = { train, validation: classified(movingSums('v', 4)) };
  return request(architecture, parts, { ...settings, loss, epochs: 20, ...changed });
}

/** Thirds of the distribution of sums of three uniform numbers, times 10, plus 50. */
function third(sum: number): number {
  return sum < 62.7 ? 0 : sum < 67.3 ? 1 : 2;
}

interface Parts {
  readonly train: SensorDataset;
  readonly validation: SensorDataset;
}

function request(architecture: Architecture, { train, validation }: Parts, settings: TrainingSettings): ExampleRequest {
  return {
    architecture,
    train: makeWindows(train, { windowLength }),
    validation: makeWindows(validation, { windowLength }),
    preprocessing: fitPreprocessing(train, { windowLength }),
    settings,
    clock: new FakeClock(),
  };
}
