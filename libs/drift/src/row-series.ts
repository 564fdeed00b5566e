import { DriftError } from './errors.js';

/** Consecutive rows of one unit: an engine, a bit run, a rig. `SensorSegment` of `@i-drill/core` is one. */
export interface RowSeries {
  readonly rows: number;
  /** Row-major values, shape [rows, features]. NaN where a sensor gave nothing. */
  readonly features: Float64Array;
}

/** Throws `DRIFT_FEATURE_MISMATCH` unless every series holds `featureCount` values a row. */
export function requireFeatureCount(series: readonly RowSeries[], featureCount: number, action: string): void {
  for (const [index, { rows, features }] of series.entries()) {
    if (features.length === rows * featureCount) continue;
    throw new DriftError(
      `Cannot ${action}: series ${index} has ${features.length} values in ${rows} rows, expected ${featureCount} ` +
        'a row; give the same features in the same order as the reference',
      {
        code: 'DRIFT_FEATURE_MISMATCH',
        details: { series: index, rows, values: features.length, expectedFeatures: featureCount },
      },
    );
  }
}
