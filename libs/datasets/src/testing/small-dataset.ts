import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { composeDataset } from '../compose-dataset.js';

/** One segment of two features. */
export function segment(unit: string, rows: number, group?: string): SensorSegment {
  return {
    unit,
    ...(group === undefined ? {} : { group }),
    rows,
    features: Float64Array.from({ length: 2 * rows }, (_, i) => i + unit.length),
    target: Float64Array.from({ length: rows }, (_, t) => rows - t),
  };
}

export function smallDataset(segments: readonly SensorSegment[], changes: Partial<SensorDataset> = {}): SensorDataset {
  return composeDataset({
    name: 'small',
    task: 'remaining-useful-life',
    features: [
      { name: 'torque', unit: 'kN.m' },
      { name: 'flow', unit: 'L/min' },
    ],
    target: { name: 'life', unit: 'h' },
    segments,
    source: 'simulated',
    evaluateOn: 'every-row',
    ...changes,
  });
}
