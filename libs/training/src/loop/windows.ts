import type { SensorDataset } from '@i-drill/core';
import { copyWindow, windowEnds, type WindowOptions } from './window-ends.js';

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

/**
 * Cuts a data set into windows. A window ends at a row and reaches back `windowLength` rows inside the same segment;
 * where the segment begins too late, its first row is repeated on the left. Rows without a target (NaN) end no window.
 * All windows are held at once, each row as often as windows cover it; for training on much data see `segmentWindows`.
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
  const { count, segmentOf, rowOf } = windowEnds(dataset, options);
  const { windowLength: length, targetCap = Number.POSITIVE_INFINITY } = options;
  const featureCount = dataset.features.length;
  const inputs = new Float32Array(count * length * featureCount);
  const targets = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [segment, row] = [dataset.segments[segmentOf[i]!]!, rowOf[i]!];
    copyWindow(segment, { row, length }, inputs, i * length * featureCount);
    targets[i] = Math.min(segment.target[row]!, targetCap);
  }
  const units = [...new Set(dataset.segments.map((segment) => segment.unit))];
  const indexOfUnit = new Map(units.map((unit, index) => [unit, index]));
  const unitOf = segmentOf.map((segment) => indexOfUnit.get(dataset.segments[segment]!.unit)!);
  return { count, length, featureCount, inputs, targets, unitOf, units };
}
