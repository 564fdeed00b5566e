import type { SensorDataset } from '@i-drill/core';

/** All rows of a data set in one block, segment after segment. */
export interface FeatureRows {
  /** Row-major, shape [count, width]. */
  readonly values: Float64Array;
  readonly count: number;
  readonly width: number;
}

/** Copies the rows of all segments into one block. */
export function featureRows({ segments, features }: SensorDataset): FeatureRows {
  const width = features.length;
  const count = segments.reduce((sum, segment) => sum + segment.rows, 0);
  const values = new Float64Array(count * width);
  let at = 0;
  for (const segment of segments) {
    values.set(segment.features, at);
    at += segment.features.length;
  }
  return { values, count, width };
}

/** One column of the rows of these numbers, or of all rows. */
export function columnOf({ values, count, width }: FeatureRows, column: number, chosen?: Int32Array): Float64Array {
  if (chosen !== undefined) return Float64Array.from(chosen, (row) => values[row * width + column]!);
  const result = new Float64Array(count);
  for (let row = 0; row < count; row++) result[row] = values[row * width + column]!;
  return result;
}
