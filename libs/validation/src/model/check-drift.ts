import type { CheckResult, Consequences, Measurement, Status } from '@i-drill/core';
import type { DriftReport, FeatureDrift } from '@i-drill/drift';
import { blockAlways } from '../block-always.js';

const words: Readonly<Record<Status, string>> = {
  passed: 'no drift',
  failed: 'drifted',
  inconclusive: 'too few rows',
  error: 'not measured',
};

/**
 * A drift report as a check: `failed` is drift, `inconclusive` too little data to tell.
 *
 * @example
 * ```ts
 * import { checkDrift } from '@i-drill/validation';
 * const report = { status: 'inconclusive', driftedShare: 0, features: [], reason: 'too few rows' } as const;
 * checkDrift(report, { failed: 'block', inconclusive: 'warn', error: 'block' }).status; // => 'inconclusive'
 * ```
 */
export function checkDrift(report: DriftReport, consequences: Consequences = blockAlways): CheckResult {
  const byDistance = report.features.toSorted((a, b) => (b.distance ?? -1) - (a.distance ?? -1));
  return {
    check: 'drift',
    status: report.status,
    reason: report.reason,
    measurements: [
      { name: 'drifted features', value: report.driftedShare, unit: 'share of features' },
      ...byDistance.map(distanceOf),
    ],
    consequences,
  };
}

function distanceOf({ feature, distance, status }: FeatureDrift): Measurement {
  return { name: `${feature} (${words[status]})`, value: distance, unit: 'Kolmogorov-Smirnov distance' };
}
