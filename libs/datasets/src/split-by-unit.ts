import type { SensorDataset, SplitDataset } from '@i-drill/core';
import { groupOf, withSegments } from './compose-dataset.js';
import { requireUnits } from './select-units.js';
import { splitGroups, type SplitShares } from './split-groups.js';

/** How a data set is cut. */
export interface SplitOptions extends SplitShares {
  /** Units to test on. Units of their groups go with them. */
  readonly test?: readonly string[];
}

/**
 * Cuts a data set into three or four parts that share no group (a group is a unit, or units that share rows). Which group
 * goes where is drawn from `rng` and does not depend on the order of the segments; inside a part they keep their order. Test
 * and validation part are the same with and without a calibration part.
 *
 * @throws DatasetError `DATASET_TOO_FEW_UNITS` when a part that should have a group would have none,
 * `DATASET_UNKNOWN_SUBSET` for a test unit that is not there.
 *
 * @example
 * ```ts
 * import { makeBitRuns, splitByUnit } from '@i-drill/datasets';
 * import { createRng } from '@i-drill/numerics';
 * const runs = makeBitRuns({ count: 5, seed: 7 });
 * const split = splitByUnit(runs, { validationShare: 0.2, testShare: 0.2, rng: createRng(1) });
 * [split.train, split.validation, split.test].map((part) => part.segments.length); // => [3, 1, 1]
 * ```
 */
export function splitByUnit(dataset: SensorDataset, { test: units, ...shares }: SplitOptions): SplitDataset {
  const groups = dataset.segments.map(groupOf);
  const named = units === undefined ? {} : { test: namedTestGroups(dataset, units) };
  const { train, validation, calibration, test } = splitGroups({ name: dataset.name, groups, ...named }, shares);
  return {
    train: partOf(dataset, 'train', train),
    validation: partOf(dataset, 'validation', validation),
    ...(calibration === undefined ? {} : { calibration: partOf(dataset, 'calibration', calibration) }),
    test: partOf(dataset, 'test', test),
  };
}

function partOf(dataset: SensorDataset, name: string, groups: ReadonlySet<string>): SensorDataset {
  const segments = dataset.segments.filter((segment) => groups.has(groupOf(segment)));
  return withSegments(dataset, `${dataset.name}/${name}`, segments);
}

function namedTestGroups(dataset: SensorDataset, units: readonly string[]): Set<string> {
  requireUnits(dataset, units);
  const wanted = new Set(units);
  return new Set(dataset.segments.filter((segment) => wanted.has(segment.unit)).map(groupOf));
}
