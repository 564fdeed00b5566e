import type { SensorDataset } from '@i-drill/core';
import { withSegments } from './compose-dataset.js';
import { DatasetError } from './errors.js';

/**
 * The part of a data set that belongs to some units, in the order of the data set.
 *
 * @throws DatasetError `DATASET_UNKNOWN_SUBSET` for a unit that is not there, `DATASET_TOO_FEW_UNITS` for none at all.
 *
 * @example
 * ```ts
 * import { makeBitRuns, selectUnits } from '@i-drill/datasets';
 * const runs = makeBitRuns({ count: 3, seed: 7 });
 * selectUnits(runs, ['bit-mixed-7-002']).segments.map((segment) => segment.unit); // => ['bit-mixed-7-002']
 * ```
 */
export function selectUnits(dataset: SensorDataset, units: readonly string[]): SensorDataset {
  requireUnits(dataset, units);
  if (units.length === 0) {
    const message = `Cannot select units of "${dataset.name}": none is named; name at least one`;
    throw new DatasetError(message, { code: 'DATASET_TOO_FEW_UNITS', details: { units } });
  }
  const wanted = new Set(units);
  const segments = dataset.segments.filter((segment) => wanted.has(segment.unit));
  return withSegments(dataset, dataset.name, segments);
}

/** Refuses names that are no unit of the data set. */
export function requireUnits(dataset: SensorDataset, units: readonly string[]): void {
  const known = [...new Set(dataset.segments.map((segment) => segment.unit))];
  const unknown = units.filter((unit) => !known.includes(unit));
  if (unknown.length === 0) return;
  const shown = known.length > 12 ? [...known.slice(0, 12), `and ${known.length - 12} more`] : known;
  const message = `Cannot select units of "${dataset.name}": it has no unit "${unknown.join('", "')}"; its units are ${shown.join(', ')}`;
  throw new DatasetError(message, { code: 'DATASET_UNKNOWN_SUBSET', details: { unknown, known } });
}
