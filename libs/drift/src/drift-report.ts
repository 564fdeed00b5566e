import type { Status } from '@i-drill/core';
import { benjaminiHochberg } from '@i-drill/numerics';
import { readColumn } from './column.js';
import { requireDriftSettings, type DriftSettings } from './drift-settings.js';
import { DriftError } from './errors.js';
import { compareFeature, type FeatureComparison } from './feature-comparison.js';
import type { ReferenceProfile } from './reference-profile.js';
import { requireFeatureCount, type RowSeries } from './row-series.js';
import { explain } from './report-reason.js';

/** How far one feature lies from the reference. `null` where it could not be measured or was not tested. */
export interface FeatureDrift {
  readonly feature: string;
  /** Kolmogorov–Smirnov distance, in [0, 1]. */
  readonly distance: number | null;
  /** `null` also for a feature that is constant in the reference: it is compared, not tested. */
  readonly pValue: number | null;
  /** p-value after Benjamini and Hochberg over all tested features. */
  readonly adjustedPValue: number | null;
  /** Wasserstein distance in standard deviations of the reference; `null` where the reference does not vary. */
  readonly shift: number | null;
  /** Population stability index over the deciles of the reference; `null` where the reference does not vary. */
  readonly psi: number | null;
  readonly effectiveReference: number;
  readonly effectiveCurrent: number;
  /** `failed`: drifted. `inconclusive`: too few effective rows to tell. */
  readonly status: Status;
}

/** Comparison of current data with a reference. */
export interface DriftReport {
  /** `failed`: drift. `inconclusive`: the features that could not be judged would decide. */
  readonly status: Status;
  /** Drifted features over all features. */
  readonly driftedShare: number;
  readonly features: readonly FeatureDrift[];
  /** One sentence with the deciding figures. */
  readonly reason: string;
}

/**
 * Compares current rows with the reference, feature by feature, and together.
 *
 * A feature has drifted if its adjusted p-value is below `alpha` and its distance at least `minDistance`. Effective, not
 * counted, rows enter the test, so that a slow sensor does not look surer than it is. A feature that never varied in
 * the reference needs no test: it has drifted if at least a share `minDistance` of the current values differs.
 *
 * The report is `failed` if the drifted features alone exceed `maxDriftedShare`, `passed` if they would not even with
 * every unjudged feature counted as drifted, and `inconclusive` in between. No data is therefore never a pass.
 *
 * @throws DriftError `DRIFT_FEATURE_MISMATCH` where rows have another number of features than the profile,
 *   `DRIFT_REFERENCE_EMPTY` where the profile has none
 *
 * @example
 * ```ts
 * import { buildReferenceProfile, compareToReference, defaultDriftSettings } from '@i-drill/drift';
 * const zigzag = (level: number) => Float64Array.from({ length: 200 }, (_, t) => level + ((t * 7) % 10));
 * const profile = buildReferenceProfile([{ name: 'torque', unit: 'kN·m' }], [{ rows: 200, features: zigzag(0) }]);
 * compareToReference(profile, [{ rows: 200, features: zigzag(0) }], defaultDriftSettings).status; // => 'passed'
 * compareToReference(profile, [{ rows: 200, features: zigzag(5) }], defaultDriftSettings).status; // => 'failed'
 * compareToReference(profile, [], defaultDriftSettings).status; // => 'inconclusive'
 * ```
 */
export function compareToReference(
  profile: ReferenceProfile,
  series: readonly RowSeries[],
  settings: DriftSettings,
): DriftReport {
  requireDriftSettings(settings);
  requireProfile(profile);
  const count = profile.features.length;
  requireFeatureCount(series, count, 'compare with the reference');
  const comparisons = profile.features.map((feature, index) =>
    compareFeature(feature, profile, readColumn(series, index, count), settings),
  );
  return report(judge(comparisons, settings), settings);
}

function judge(comparisons: readonly FeatureComparison[], settings: DriftSettings): FeatureDrift[] {
  const tested = comparisons.filter(({ pValue }) => pValue !== null);
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue ?? 1));
  return comparisons.map((comparison) => {
    const { judgement, ...measured } = comparison;
    const adjustedPValue = adjusted[tested.indexOf(comparison)] ?? null;
    if (judgement === 'none') return { ...measured, adjustedPValue, status: 'inconclusive' };
    const distance = measured.distance ?? 0;
    const significant = judgement === 'support' ? distance > 0 : (adjustedPValue ?? 1) < settings.alpha;
    const drifted = significant && distance >= settings.minDistance;
    return { ...measured, adjustedPValue, status: drifted ? 'failed' : 'passed' };
  });
}

function report(features: readonly FeatureDrift[], settings: DriftSettings): DriftReport {
  const drifted = features.filter(({ status }) => status === 'failed').length;
  const unjudged = features.filter(({ status }) => status === 'inconclusive').length;
  const status = overallStatus(drifted / features.length, (drifted + unjudged) / features.length, settings);
  return { status, driftedShare: drifted / features.length, features, reason: explain(features, settings) };
}

function overallStatus(leastShare: number, greatestShare: number, { maxDriftedShare }: DriftSettings): Status {
  if (leastShare > maxDriftedShare) return 'failed';
  return greatestShare > maxDriftedShare ? 'inconclusive' : 'passed';
}

function requireProfile(profile: ReferenceProfile): void {
  if (profile.features.length > 0) return;
  throw new DriftError('Cannot compare with the reference: the profile has 0 features; build it from training data', {
    code: 'DRIFT_REFERENCE_EMPTY',
    details: { features: [] },
  });
}
