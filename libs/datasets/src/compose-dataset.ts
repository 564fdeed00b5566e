import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { fingerprint } from './fingerprint.js';

/** A data set with its fingerprint. */
export function composeDataset(parts: Omit<SensorDataset, 'fingerprint'>): SensorDataset {
  return { ...parts, fingerprint: fingerprint(parts) };
}

/** The same schema over other segments. */
export function withSegments(dataset: SensorDataset, name: string, segments: readonly SensorSegment[]): SensorDataset {
  return composeDataset({ ...dataset, name, segments });
}

/** What a segment must never be separated from. */
export function groupOf(segment: SensorSegment): string {
  return segment.group ?? segment.unit;
}
