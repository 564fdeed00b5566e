import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { requireFiniteFeatures } from './finite-features.js';

/** Fixed-length pieces of sensor data with the value to predict at their last row. */
export interface Windows {
  readonly count: number;
  /** Rows per window. */
  readonly length: number;
  readonly featureCount: number;
  /** Raw (unscaled) values, row-major, shape [count, length, featureCount]. */
  readonly inputs: Float32Array;
  /** Raw targets, cut at `targetCap` if one was asked for, shape [count]. */
  readonly targets: Float32Array;
  /** Index into `units` of the unit each window comes from, shape [count]. */
  readonly unitOf: Int32Array;
  readonly units: readonly string[];
}

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

interface WindowEnd {
  readonly segment: SensorSegment;
  /** The last row of the window. */
  readonly row: number;
}

/**
 * Cuts a data set into windows. A window ends at a row and reaches back `windowLength` rows inside the same segment;
 * where the segment begins too late, its first row is repeated on the left. Rows without a target (NaN) end no window.
 *
 * @throws TrainingError `TRAINING_NAN_FEATURE` when a segment that gives windows holds a value that is not finite
 *
 * @example
 * ```ts
 * import { makeWindows } from '@i-drill/training';
 * const segment = { unit: 'bit 1', rows: 3, features: Float64Array.of(5, 6, 7), target: Float64Array.of(30, 20, 10) };
 * const windows = makeWindows(
 *   {
 *     name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'life', unit: 'h' }, segments: [segment], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 *   },
 *   { windowLength: 2, targetCap: 25 },
 * );
 * Array.from(windows.inputs); // => [5, 5, 5, 6, 6, 7]
 * Array.from(windows.targets); // => [25, 20, 10]
 * ```
 */
export function makeWindows(dataset: SensorDataset, options: WindowOptions): Windows {
  requirePositiveInteger('windowLength', options.windowLength);
  requirePositiveInteger('stride', options.stride ?? 1);
  const ends = dataset.segments.flatMap((segment) => windowEnds(segment, options));
  for (const segment of new Set(ends.map((end) => end.segment))) requireFiniteFeatures(dataset, segment);
  const units = [...new Set(dataset.segments.map((segment) => segment.unit))];
  const indexOfUnit = new Map(units.map((unit, index) => [unit, index]));
  const cap = options.targetCap ?? Number.POSITIVE_INFINITY;
  return {
    count: ends.length,
    length: options.windowLength,
    featureCount: dataset.features.length,
    inputs: windowInputs(ends, options.windowLength, dataset.features.length),
    targets: Float32Array.from(ends, ({ segment, row }) => Math.min(segment.target[row]!, cap)),
    unitOf: Int32Array.from(ends, ({ segment }) => indexOfUnit.get(segment.unit)!),
    units,
  };
}

function windowEnds(segment: SensorSegment, { stride = 1, only = 'every-row' }: WindowOptions): WindowEnd[] {
  const ends: WindowEnd[] = [];
  for (let row = segment.rows - 1; row >= 0; row--) {
    const onStride = only === 'last-row' || (segment.rows - 1 - row) % stride === 0;
    if (onStride && !Number.isNaN(segment.target[row]!)) ends.push({ segment, row });
    if (only === 'last-row' && ends.length === 1) break;
  }
  return ends.reverse();
}

function windowInputs(ends: readonly WindowEnd[], length: number, featureCount: number): Float32Array {
  const inputs = new Float32Array(ends.length * length * featureCount);
  let offset = 0;
  for (const { segment, row } of ends) {
    for (let t = row - length + 1; t <= row; t++) {
      const from = Math.max(t, 0) * featureCount;
      inputs.set(segment.features.subarray(from, from + featureCount), offset);
      offset += featureCount;
    }
  }
  return inputs;
}

function requirePositiveInteger(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`Cannot make windows: ${name} is ${value}; give a whole number of at least 1`);
}
