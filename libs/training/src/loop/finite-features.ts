import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { TrainingError } from '../errors.js';

/** One missing value makes every later weight NaN, so it is refused where its column and unit are still known. */
export function requireFiniteFeatures(dataset: SensorDataset, segment: SensorSegment): void {
  const index = segment.features.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const width = dataset.features.length;
  const row = Math.floor(index / width);
  const column = dataset.features[index % width]?.name ?? '';
  const value = segment.features[index]!;
  throw new TrainingError(
    `Cannot use data set "${dataset.name}": column "${column}" of unit "${segment.unit}" is ${value} at row ${row}; ` +
      'fill or drop missing values before making windows',
    { code: 'TRAINING_NAN_FEATURE', details: { dataset: dataset.name, column, unit: segment.unit, row, value } },
  );
}

/**
 * An infinite target has no error, nor one that is infinite in single precision. The cap makes a number of +Infinity, and NaN
 * says that a row has none.
 */
export function requireFiniteTargets(
  dataset: SensorDataset,
  { unit, target }: SensorSegment,
  targetCap: number = Number.POSITIVE_INFINITY,
): void {
  const row = target.findIndex(
    (value) => Math.abs(Math.fround(Math.min(value, targetCap))) === Number.POSITIVE_INFINITY,
  );
  if (row < 0) return;
  const value = target[row]!;
  throw new TrainingError(
    `Cannot use data set "${dataset.name}": the target "${dataset.target.name}" of unit "${unit}" is ${value} at row ${row}; ` +
      'give a number, or NaN where there is none',
    { code: 'TRAINING_INFINITE_TARGET', details: { dataset: dataset.name, unit, row, value } },
  );
}
