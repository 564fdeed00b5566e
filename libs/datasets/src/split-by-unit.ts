import type { Rng, SensorDataset, SplitDataset } from '@i-drill/core';
import { shuffle } from '@i-drill/numerics';
import { groupOf, withSegments } from './compose-dataset.js';
import { DatasetError } from './errors.js';
import { requireUnits } from './select-units.js';

/** How a data set is cut. */
export interface SplitOptions {
  /** Share of the groups, in [0, 1). More than 0 means at least one group; 0 means an empty part. */
  readonly validationShare: number;
  /** The same for the test part. Not used when the test units are named. */
  readonly testShare: number;
  /**
   * The calibration part, taken from what would be trained on. `share` is of the groups that are not named for testing; where
   * that is fewer than `minimum`, there is no such part. @default none
   */
  readonly calibration?: { readonly share: number; readonly minimum: number };
  readonly rng: Rng;
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
export function splitByUnit(dataset: SensorDataset, options: SplitOptions): SplitDataset {
  requireShares(options);
  const groups = [...new Set(dataset.segments.map(groupOf))].sort();
  const named = namedTestGroups(dataset, options.test);
  const order = shuffle(
    groups.filter((group) => !named.has(group)),
    options.rng,
  );
  const testCount = options.test === undefined ? partSize(options.testShare, groups.length) : 0;
  const validationCount = partSize(options.validationShare, groups.length);
  const calibrationCount = calibrationSize(options, order.length);
  const heldOut = testCount + validationCount + calibrationCount;
  requireGroups(dataset, order.length, heldOut + 1);
  const test = new Set([...named, ...order.slice(0, testCount)]);
  const validation = new Set(order.slice(testCount, testCount + validationCount));
  const calibration = new Set(order.slice(testCount + validationCount, heldOut));
  const train = new Set(order.slice(heldOut));
  return {
    train: partOf(dataset, 'train', train),
    validation: partOf(dataset, 'validation', validation),
    ...(calibrationCount === 0 ? {} : { calibration: partOf(dataset, 'calibration', calibration) }),
    test: partOf(dataset, 'test', test),
  };
}

function partOf(dataset: SensorDataset, name: string, groups: ReadonlySet<string>): SensorDataset {
  const segments = dataset.segments.filter((segment) => groups.has(groupOf(segment)));
  return withSegments(dataset, `${dataset.name}/${name}`, segments);
}

function partSize(share: number, groups: number): number {
  return share === 0 ? 0 : Math.max(1, Math.round(share * groups));
}

function calibrationSize({ calibration = { share: 0, minimum: 0 } }: SplitOptions, groups: number): number {
  const size = partSize(calibration.share, groups);
  return size < calibration.minimum ? 0 : size;
}

function namedTestGroups(dataset: SensorDataset, units: readonly string[] = []): Set<string> {
  requireUnits(dataset, units);
  const wanted = new Set(units);
  return new Set(dataset.segments.filter((segment) => wanted.has(segment.unit)).map(groupOf));
}

function requireGroups(dataset: SensorDataset, available: number, needed: number): void {
  if (available >= needed) return;
  const message = `Cannot split "${dataset.name}": ${available} independent units are left to share out, at least ${needed} are needed; give more units or smaller shares`;
  throw new DatasetError(message, { code: 'DATASET_TOO_FEW_UNITS', details: { available, needed } });
}

function requireShares({ validationShare, testShare, calibration }: SplitOptions): void {
  const calibrationShare = calibration?.share ?? 0;
  for (const [name, share] of Object.entries({ validationShare, testShare, calibrationShare })) {
    if (!(share >= 0 && share < 1))
      throw new RangeError(`Cannot split: ${name} is ${share}, expected at least 0 and below 1`);
  }
}
