import type { FeatureSpec } from '@i-drill/core';
import { mean, standardDeviation } from '@i-drill/numerics';
import { readColumn, sortedValues } from './column.js';
import { referenceEffectiveRows } from './effective-rows.js';
import { DriftError } from './errors.js';
import { requireFeatureCount, type RowSeries } from './row-series.js';

/** Order statistics kept per feature: the distance to the full sample stays below 1/1000. */
const sampleSize = 1000;

/** One column of the training data, small enough to travel with the model. */
export interface FeatureProfile {
  readonly feature: FeatureSpec;
  /** All values in ascending order, or 1000 evenly spaced order statistics of more. */
  readonly sortedSample: readonly number[];
  readonly mean: number;
  /** Population standard deviation; exactly 0 for a constant column. */
  readonly standardDeviation: number;
  /** How many independent rows the column is worth, at least one per series. */
  readonly effectiveSize: number;
  /** Share of rows without a value, in [0, 1). */
  readonly missingShare: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What the model was trained on, for later comparison without the data. Plain JSON. */
export interface ReferenceProfile {
  readonly formatVersion: 1;
  readonly rows: number;
  readonly series: number;
  readonly features: readonly FeatureProfile[];
}

/**
 * Summarises training series column by column. Rows where a column is NaN or infinite are left out of that column and
 * counted in `missingShare`. O(rows · log rows) per column.
 *
 * @throws DriftError `DRIFT_REFERENCE_EMPTY` without features or where a column has no value at all,
 *   `DRIFT_FEATURE_MISMATCH` where a series has another number of columns
 *
 * @example
 * ```ts
 * import { buildReferenceProfile } from '@i-drill/drift';
 * const torque = { name: 'torque', unit: 'kN·m' };
 * const series = [{ rows: 4, features: Float64Array.of(2, NaN, 4, 3) }];
 * const profile = buildReferenceProfile([torque], series);
 * profile.features[0]?.sortedSample; // => [2, 3, 4]
 * profile.features[0]?.missingShare; // => 0.25
 * ```
 */
export function buildReferenceProfile(
  features: readonly FeatureSpec[],
  series: readonly RowSeries[],
): ReferenceProfile {
  if (features.length === 0) throw emptyReference('there are 0 features', []);
  requireFeatureCount(series, features.length, 'build a reference profile');
  const rows = series.reduce((total, one) => total + one.rows, 0);
  return {
    formatVersion: 1,
    rows,
    series: series.length,
    features: features.map((feature, index) => profileFeature(feature, series, { index, count: features.length })),
  };
}

function profileFeature(
  feature: FeatureSpec,
  series: readonly RowSeries[],
  place: { readonly index: number; readonly count: number },
): FeatureProfile {
  const column = readColumn(series, place.index, place.count);
  const sorted = sortedValues(column);
  if (sorted.length === 0) throw emptyReference(`feature "${feature.name}" has no value`, [feature.name]);
  return {
    feature,
    sortedSample: evenlySpaced(sorted),
    mean: mean(sorted),
    standardDeviation: standardDeviation(sorted),
    effectiveSize: referenceEffectiveRows(column.series, sorted),
    missingShare: column.missing / (sorted.length + column.missing),
    minimum: sorted[0]!,
    maximum: sorted[sorted.length - 1]!,
  };
}

/** Order statistics at the middles of equal shares, so that neither tail is favoured. */
function evenlySpaced(sorted: Float64Array): number[] {
  if (sorted.length <= sampleSize) return Array.from(sorted);
  return Array.from({ length: sampleSize }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / sampleSize)]!);
}

function emptyReference(wrong: string, features: readonly string[]): DriftError {
  return new DriftError(`Cannot build a reference profile: ${wrong}; give at least one measured row per feature`, {
    code: 'DRIFT_REFERENCE_EMPTY',
    details: { features },
  });
}
