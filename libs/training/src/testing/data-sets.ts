import type { FeatureSpec, SensorDataset, SensorSegment } from '@i-drill/core';
import { createRng } from '@i-drill/numerics';

const column = (name: string): FeatureSpec => ({ name, unit: '-' });

/** A data set with the given segments; columns are named a, b, c … */
export function dataSet(segments: readonly SensorSegment[], extra: Partial<SensorDataset> = {}): SensorDataset {
  const width = segments[0]!.features.length / segments[0]!.rows;
  return {
    name: 'test',
    task: 'remaining-useful-life',
    features: Array.from({ length: width }, (_, index) => column(String.fromCharCode(97 + index))),
    target: { name: 'life', unit: 'h' },
    segments,
    source: 'simulated',
    fingerprint: '',
    evaluateOn: 'every-row',
    ...extra,
  };
}

/** A segment of one feature. */
export function segment(unit: string, features: readonly number[], target: readonly number[]): SensorSegment {
  return { unit, rows: target.length, features: Float64Array.from(features), target: Float64Array.from(target) };
}

/** One feature of uniform noise; the target is the sum over the last three rows, times 10, plus 50. */
export function movingSums(unit: string, seed: number, rows = 200): SensorSegment {
  const rng = createRng(seed);
  const features = Array.from({ length: rows }, () => rng.next());
  const at = (row: number): number => features[Math.max(row, 0)]!;
  return segment(unit, features, features.map((_, row) => 50 + 10 * (at(row - 2) + at(row - 1) + at(row)))); // prettier-ignore
}
