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
