import type { Preprocessing } from '@i-drill/core';
import { standardDeviation } from '@i-drill/numerics';
import { TrainingError } from '../errors.js';
import { modelTypes } from '../sequence/sequence-model.js';
import type { RawWindows } from './scaled-windows.js';
import type { LstmSettings } from './training-types.js';
import type { Windows } from './windows.js';

const minimumWindows = 2;
/** Output that varies less than this share of the targets is a constant for every practical purpose. */
const collapsedShare = 0.01;

/** Refuses a model type nobody here can train. */
export function requireKnownModelType(modelType: string): void {
  if ((modelTypes as readonly string[]).includes(modelType)) return;
  throw new TrainingError(
    `Cannot train: model type "${modelType}" is unknown; choose one of ${modelTypes.map((type) => `"${type}"`).join(', ')}`,
    { code: 'TRAINING_UNKNOWN_MODEL_TYPE', details: { modelType, known: modelTypes } },
  );
}

/** Refuses a part from which nothing can be learned or measured. */
export function requireEnoughWindows(part: 'training' | 'validation', windows: Windows): void {
  if (windows.count >= minimumWindows) return;
  throw new TrainingError(
    `Cannot train: the ${part} part has ${windows.count} windows; give at least ${minimumWindows}`,
    { code: 'TRAINING_TOO_FEW_WINDOWS', details: { part, windows: windows.count, minimum: minimumWindows } },
  );
}

/** Settings come checked; a wrong one here is a bug of the caller. */
export function requireValidSettings(settings: LstmSettings): void {
  const whole = ['hiddenSize', 'numLayers', 'batchSize', 'epochs', 'patience'] as const;
  const bad = whole.find((key) => !(Number.isInteger(settings[key]) && settings[key] > 0));
  if (bad) throw new RangeError(`Cannot train: ${bad} is ${settings[bad]}; give a whole number of at least 1`);
  const positive = ['learningRate', 'gradientClip'] as const;
  const wrong = positive.find((key) => !(settings[key] > 0 && Number.isFinite(settings[key])));
  if (wrong) throw new RangeError(`Cannot train: ${wrong} is ${settings[wrong]}; give a positive number`);
}

/** Stops at the first loss that is not a number: no later step can repair the weights. */
export function requireFiniteLoss(loss: number, epoch: number, learningRate: number): void {
  if (Number.isFinite(loss)) return;
  throw new TrainingError(
    `Cannot go on training: the loss became ${loss} in epoch ${epoch} at learning rate ${learningRate}; ` +
      'lower learningRate or gradientClip',
    { code: 'TRAINING_DIVERGED', details: { loss, epoch, learningRate } },
  );
}

/** Refuses a network that says the same for every validation window. Constant targets cannot tell. */
export function requireVariedOutput(outputs: Float32Array, targets: Float32Array): void {
  const outputDeviation = standardDeviation(outputs);
  const targetDeviation = standardDeviation(targets);
  if (targetDeviation === 0 || outputDeviation >= collapsedShare * targetDeviation) return;
  throw new TrainingError(
    `Cannot use the trained network: its output varies by ${outputDeviation.toPrecision(2)} over the validation windows ` +
      `where the targets vary by ${targetDeviation.toPrecision(2)} (scaled units); train longer, change learningRate, or look for features that carry the target`,
    { code: 'TRAINING_COLLAPSED', details: { outputDeviation, targetDeviation } },
  );
}

/** Windows of another shape than the scalers were fitted for are a bug of the caller. */
export function requireMatchingWindows(action: string, windows: RawWindows, preprocessing: Preprocessing): void {
  const { windowLength, features } = preprocessing;
  const expected = windows.count * windowLength * features.length;
  if (windows.inputs.length === expected) return;
  throw new RangeError(
    `Cannot ${action}: ${windows.count} windows hold ${windows.inputs.length} values, not ${expected} ` +
      `(${windowLength} rows of ${features.length} features each); cut them with the window length and features of the preprocessing`,
  );
}
