import type { SensorDataset } from '@i-drill/core';
import { bitRunFeatures, bitRunTarget, simulateBitRuns, type BitRunsOptions } from '@i-drill/drilling';
import { composeDataset } from './compose-dataset.js';

/**
 * Simulated bit runs to failure as a data set: the embedded default that needs no files. One segment per bit, judged on
 * every row, since a run is watched from its first to its last hour.
 *
 * @example
 * ```ts
 * import { makeBitRuns } from '@i-drill/datasets';
 * makeBitRuns({ count: 2, seed: 7 }).segments.map((segment) => segment.unit); // => ['bit-mixed-7-001', 'bit-mixed-7-002']
 * ```
 */
export function makeBitRuns(options: BitRunsOptions): SensorDataset {
  const { formation = 'mixed', shift = 'none' } = options;
  const segments = simulateBitRuns(options).map(({ unit, rows, features, remainingHours }) => ({
    unit,
    rows,
    features,
    target: remainingHours,
  }));
  return composeDataset({
    name: shift === 'none' ? `bit-runs-${formation}` : `bit-runs-${formation}-${shift}`,
    task: 'remaining-useful-life',
    features: bitRunFeatures,
    target: bitRunTarget,
    segments,
    source: 'simulated',
    evaluateOn: 'every-row',
  });
}
