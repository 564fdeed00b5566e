import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { requireFiniteFeatures, requireFiniteTargets } from './finite-features.js';

/** How windows are cut. */
export interface WindowOptions {
  /** Rows per window. */
  readonly windowLength: number;
  /** Rows between the ends of neighbouring windows, counted backwards from the last row of a segment. @default 1 */
  readonly stride?: number;
  /** Targets above this value are cut to it. @default no cap */
  readonly targetCap?: number;
  /** A window at every row that has a target, or only at the last such row of each segment. @default 'every-row' */
  readonly only?: 'every-row' | 'last-row';
}

/** The rows at which the windows of a data set end, in the order of the data. */
export interface WindowEnds {
  readonly count: number;
  /** Index of the segment of each window, shape [count]. */
  readonly segmentOf: Int32Array;
  /** The last row of each window within its segment, shape [count]. */
  readonly rowOf: Int32Array;
}

/**
 * Finds the windows of a data set: a window ends at a row that has a target.
 *
 * @throws TrainingError `TRAINING_NAN_FEATURE` when a segment that gives windows holds a value that is not finite, `TRAINING_INFINITE_TARGET`
 */
export function windowEnds(dataset: SensorDataset, options: WindowOptions): WindowEnds {
  requirePositiveInteger('windowLength', options.windowLength);
  requirePositiveInteger('stride', options.stride ?? 1);
  const rows = dataset.segments.map((segment) => endsIn(segment, options));
  dataset.segments.forEach((segment, index) => {
    if (rows[index]!.length === 0) return;
    requireFiniteFeatures(dataset, segment);
    requireFiniteTargets(dataset, segment, options.targetCap);
  });
  const rowOf = Int32Array.from(rows.flat());
  const segmentOf = Int32Array.from(rows.flatMap((ends, index) => ends.map(() => index)));
  return { count: rowOf.length, segmentOf, rowOf };
}

/** Copies the window that ends at `row` of a segment into `to`, from `at` on; the first row stands in for rows before it. */
export function copyWindow(
  { features, rows }: SensorSegment,
  { row, length }: { readonly row: number; readonly length: number },
  to: Float32Array,
  at: number,
): void {
  const width = features.length / rows;
  const missing = Math.max(length - 1 - row, 0);
  for (let t = 0; t < missing; t++) to.set(features.subarray(0, width), at + t * width);
  const first = row - length + 1 + missing;
  to.set(features.subarray(first * width, (row + 1) * width), at + missing * width);
}

/** Refuses sizes that are not whole numbers of at least 1. */
export function requirePositiveInteger(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`Cannot make windows: ${name} is ${value}; give a whole number of at least 1`);
}

function endsIn(segment: SensorSegment, { stride = 1, only = 'every-row' }: WindowOptions): number[] {
  const ends: number[] = [];
  for (let row = segment.rows - 1; row >= 0; row--) {
    const onStride = only === 'last-row' || (segment.rows - 1 - row) % stride === 0;
    if (onStride && !Number.isNaN(segment.target[row]!)) ends.push(row);
    if (only === 'last-row' && ends.length === 1) break;
  }
  return ends.reverse();
}
