import type { SensorDataset } from '@i-drill/core';
import { copyWindow, windowEnds, type WindowOptions } from './window-ends.js';
import { emptyBatch, inBatches, type WindowBatch, type WindowSource } from './window-source.js';

/**
 * The windows of a data set, the same and in the same order as from `makeWindows`, cut when their batch is due: rows are
 * held once, as the data set has them, and not once per window that covers them.
 *
 * @throws TrainingError `TRAINING_NAN_FEATURE` when a segment that gives windows holds a value that is not finite
 *
 * @example
 * ```ts
 * import { segmentWindows } from '@i-drill/training';
 * const segment = { unit: 'bit 1', rows: 3, features: Float64Array.of(5, 6, 7), target: Float64Array.of(30, 20, 10) };
 * const source = segmentWindows(
 *   {
 *     name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *     target: { name: 'life', unit: 'h' }, segments: [segment], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 *   },
 *   { windowLength: 2 },
 * );
 * const targets = [];
 * for await (const batch of source.batches({ batchSize: 2 })) targets.push(Array.from(batch.targets));
 * targets; // => [[30, 20], [10]]
 * ```
 */
export function segmentWindows(dataset: SensorDataset, options: WindowOptions): WindowSource {
  const { count, segmentOf, rowOf } = windowEnds(dataset, options);
  const { windowLength: length, targetCap = Number.POSITIVE_INFINITY } = options;
  const featureCount = dataset.features.length;
  const size = length * featureCount;
  const cut = (chosen: Int32Array): WindowBatch => {
    const batch = emptyBatch(chosen.length, size);
    chosen.forEach((index, b) => {
      const [segment, row] = [dataset.segments[segmentOf[index]!]!, rowOf[index]!];
      copyWindow(segment, { row, length }, batch.inputs, b * size);
      batch.targets[b] = Math.min(segment.target[row]!, targetCap);
    });
    return batch;
  };
  return { count, length, featureCount, batches: (pass) => inBatches({ count, cut }, pass) };
}
