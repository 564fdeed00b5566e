import type { Preprocessing } from '@i-drill/core';
import { fitPreprocessing, makeWindows, TrainingError, type Windows } from '@i-drill/training';
import { examOf, type Exam } from './score.js';
import type { TrainRequest, WindowSettings } from './train-version.js';

/** The data of a training, cut and measured: all that can be wrong with them is found before a run is opened. */
export interface TrainingMaterial {
  readonly train: Windows;
  readonly validation: Windows;
  readonly preprocessing: Preprocessing;
  readonly exam: Exam;
}

/** What `trainSequenceModel` asks of the parts it sees; of the test part, one label alone gives no r2. */
const minimumWindows = 2;

/**
 * Cuts the three parts into windows and fits the preprocessing on the training part.
 *
 * @throws TrainingError `TRAINING_NAN_FEATURE`, `TRAINING_TOO_FEW_WINDOWS`
 */
export function trainingMaterial({ data, window }: Pick<TrainRequest, 'data' | 'window'>): TrainingMaterial {
  const options = examOptions(window);
  const material = {
    train: makeWindows(data.train, { ...options, stride: window.stride }),
    validation: makeWindows(data.validation, { ...options, stride: window.stride }),
    preprocessing: fitPreprocessing(data.train, options),
    exam: examOf(data.test, options),
  };
  requireEnough('training', material.train);
  requireEnough('validation', material.validation);
  requireEnough('test', material.exam.windows);
  return material;
}

function examOptions(window: WindowSettings): { windowLength: number; targetCap?: number } {
  return { windowLength: window.length, ...(window.targetCap === undefined ? {} : { targetCap: window.targetCap }) };
}

function requireEnough(part: 'training' | 'validation' | 'test', { count }: Windows): void {
  if (count >= minimumWindows) return;
  throw new TrainingError(`Cannot train: the ${part} part has ${count} windows; give at least ${minimumWindows}`, {
    code: 'TRAINING_TOO_FEW_WINDOWS',
    details: { part, windows: count, minimum: minimumWindows },
  });
}
