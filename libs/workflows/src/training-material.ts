import type { Preprocessing } from '@i-drill/core';
import { fitPreprocessing, segmentWindows, TrainingError, type WindowSource } from '@i-drill/training';
import { planInterval, type IntervalPlan } from './interval-plan.js';
import { examOf, type Exam } from './score.js';
import type { TrainRequest, WindowSettings } from './train-version.js';

/** The data of a training, cut and measured: all that can be wrong with them is found before a run is opened. */
export interface TrainingMaterial {
  readonly train: WindowSource;
  readonly validation: WindowSource;
  readonly preprocessing: Preprocessing;
  readonly interval: IntervalPlan;
  readonly exam: Exam;
}

/** What `trainSequenceModel` asks of the parts it sees; of the test part, one label alone gives no r2. */
const minimumWindows = 2;

/**
 * Cuts the parts into windows and fits the preprocessing on the training part, or on its sample where it is streamed.
 *
 * @throws TrainingError `TRAINING_NAN_FEATURE`, `TRAINING_TOO_FEW_WINDOWS`, `TRAINING_TOO_FEW_CALIBRATION_UNITS`
 */
export async function trainingMaterial(
  request: Pick<TrainRequest, 'data' | 'streamed' | 'window' | 'interval'>,
): Promise<TrainingMaterial> {
  const { data, streamed, window, interval } = request;
  const options = examOptions(window);
  const { stride } = window;
  const preprocessing = fitPreprocessing(data.train, options);
  const material = {
    train: (await streamed?.open({ ...options, stride })) ?? segmentWindows(data.train, { ...options, stride }),
    validation: segmentWindows(data.validation, { ...options, stride }),
    preprocessing,
    interval: planInterval({ interval, data, preprocessing, stride }),
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

function requireEnough(part: 'training' | 'validation' | 'test', { count }: Pick<WindowSource, 'count'>): void {
  if (count >= minimumWindows) return;
  throw new TrainingError(`Cannot train: the ${part} part has ${count} windows; give at least ${minimumWindows}`, {
    code: 'TRAINING_TOO_FEW_WINDOWS',
    details: { part, windows: count, minimum: minimumWindows },
  });
}
