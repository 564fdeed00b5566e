import type { Preprocessing } from '@i-drill/core';
import { TrainingError } from '../errors.js';
import type { RawWindows } from './scaled-windows.js';
import type { WindowSource } from './window-source.js';

const minimumWindows = 2;

/** A part of the data, as messages name it. */
export type DataPart = 'training' | 'validation';

/**
 * Refuses a part from which nothing can be learned or measured, and one that is not cut as the scalers were fitted.
 *
 * @throws TrainingError `TRAINING_TOO_FEW_WINDOWS`
 * @throws RangeError for windows of another shape
 */
export function requireUsableWindows(part: DataPart, windows: WindowSource, preprocessing: Preprocessing): void {
  const { windowLength, features } = preprocessing;
  const { count, length, featureCount } = windows;
  if (length !== windowLength || featureCount !== features.length) {
    throw new RangeError(
      `Cannot train: the ${part} windows have ${length} rows of ${featureCount} features, not ${windowLength} of ${features.length}; ` +
        'cut them with the window length and features of the preprocessing',
    );
  }
  if (count >= minimumWindows) return;
  throw new TrainingError(`Cannot train: the ${part} part has ${count} windows; give at least ${minimumWindows}`, {
    code: 'TRAINING_TOO_FEW_WINDOWS',
    details: { part, windows: count, minimum: minimumWindows },
  });
}

/**
 * Refuses a pass that gave another number of windows than its source promised: means over the windows would be wrong.
 *
 * @throws RangeError
 */
export function requireAllWindows(part: DataPart, given: number, { count }: WindowSource): void {
  if (given === count) return;
  throw new RangeError(
    `Cannot train: the ${part} source gave ${given} windows and promised ${count}; give each window once`,
  );
}

/** Windows of another shape than the scalers were fitted for are a bug of the caller. */
export function requireMatchingWindows(windows: RawWindows, preprocessing: Preprocessing): void {
  const { windowLength, features } = preprocessing;
  const expected = windows.count * windowLength * features.length;
  if (windows.inputs.length === expected) return;
  throw new RangeError(
    `Cannot predict: ${windows.count} windows hold ${windows.inputs.length} values, not ${expected} ` +
      `(${windowLength} rows of ${features.length} features each); cut them with the window length and features of the preprocessing`,
  );
}
