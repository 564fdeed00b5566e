import type { Rng } from '@i-drill/core';
import { shuffle } from '@i-drill/numerics';
import { DatasetError } from './errors.js';

/** How a data set is cut. */
export interface SplitShares {
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
}

/** Groups to share out, and those that are named for testing already. */
export interface GroupsToSplit {
  /** Of the data set, for errors. */
  readonly name: string;
  readonly groups: readonly string[];
  /** Absent: the test part is drawn. */
  readonly test?: ReadonlySet<string>;
}

/** Which groups are in which part. No calibration part where it would be too small. */
export interface SplitGroups {
  readonly train: ReadonlySet<string>;
  readonly validation: ReadonlySet<string>;
  readonly calibration?: ReadonlySet<string>;
  readonly test: ReadonlySet<string>;
}

/**
 * Shares groups out. Which goes where is drawn from `rng` and does not depend on their order; test and validation part are
 * the same with and without a calibration part.
 *
 * @throws DatasetError `DATASET_TOO_FEW_UNITS` when a part that should have a group would have none
 */
export function splitGroups({ name, groups, test: named }: GroupsToSplit, shares: SplitShares): SplitGroups {
  requireShares(shares);
  const distinct = [...new Set(groups)].sort();
  const order = shuffle(
    distinct.filter((group) => named?.has(group) !== true),
    shares.rng,
  );
  const testCount = named === undefined ? partSize(shares.testShare, distinct.length) : 0;
  const validationCount = partSize(shares.validationShare, distinct.length);
  const calibrationCount = calibrationSize(shares, order.length);
  const heldOut = testCount + validationCount + calibrationCount;
  requireGroups(name, order.length, heldOut + 1);
  const calibration = new Set(order.slice(testCount + validationCount, heldOut));
  return {
    train: new Set(order.slice(heldOut)),
    validation: new Set(order.slice(testCount, testCount + validationCount)),
    ...(calibrationCount === 0 ? {} : { calibration }),
    test: new Set([...(named ?? []), ...order.slice(0, testCount)]),
  };
}

function partSize(share: number, groups: number): number {
  return share === 0 ? 0 : Math.max(1, Math.round(share * groups));
}

function calibrationSize({ calibration = { share: 0, minimum: 0 } }: SplitShares, groups: number): number {
  const size = partSize(calibration.share, groups);
  return size < calibration.minimum ? 0 : size;
}

function requireGroups(name: string, available: number, needed: number): void {
  if (available >= needed) return;
  const message = `Cannot split "${name}": ${available} independent units are left to share out, at least ${needed} are needed; give more units or smaller shares`;
  throw new DatasetError(message, { code: 'DATASET_TOO_FEW_UNITS', details: { available, needed } });
}

function requireShares({ validationShare, testShare, calibration }: SplitShares): void {
  const calibrationShare = calibration?.share ?? 0;
  for (const [name, share] of Object.entries({ validationShare, testShare, calibrationShare })) {
    if (!(share >= 0 && share < 1))
      throw new RangeError(`Cannot split: ${name} is ${share}, expected at least 0 and below 1`);
  }
}
