import { kolmogorovSmirnov, wassersteinDistance } from '@i-drill/numerics';
import { sortedValues, type Column } from './column.js';
import type { DriftSettings } from './drift-settings.js';
import { currentEffectiveRows } from './effective-rows.js';
import { dependenceLevels } from './level-scores.js';
import type { FeatureProfile, ReferenceProfile } from './reference-profile.js';
import { stabilityIndex } from './stability-bins.js';

/**
 * How a feature is judged: by a test; by support, where the reference never varied and chance has no part; or not at
 * all, where too little was measured.
 */
type Judgement = 'test' | 'support' | 'none';

/** One feature before the p-values of all features are adjusted together. */
export interface FeatureComparison {
  readonly feature: string;
  readonly judgement: Judgement;
  readonly distance: number | null;
  readonly pValue: number | null;
  readonly shift: number | null;
  readonly psi: number | null;
  readonly effectiveReference: number;
  readonly effectiveCurrent: number;
}

type ReferenceRows = Pick<ReferenceProfile, 'rows' | 'series'>;

/** Measures how far the current column lies from its profile. */
export function compareFeature(
  profile: FeatureProfile,
  reference: ReferenceRows,
  column: Column,
  settings: DriftSettings,
): FeatureComparison {
  const sizes = effectiveSizes(profile, reference, column);
  const known = { feature: profile.feature.name, ...sizes };
  const current = sortedValues(column);
  if (current.length === 0) {
    return { ...known, judgement: 'none', distance: null, pValue: null, shift: null, psi: null };
  }
  const judgement = chooseJudgement(profile, sizes, settings);
  const test = kolmogorovSmirnov(profile.sortedSample, current, {
    a: sizes.effectiveReference,
    b: sizes.effectiveCurrent,
  });
  return {
    ...known,
    judgement,
    distance: test.statistic,
    pValue: judgement === 'test' ? test.pValue : null,
    ...distances(profile, current),
  };
}

function effectiveSizes(
  profile: FeatureProfile,
  reference: ReferenceRows,
  column: Column,
): { effectiveReference: number; effectiveCurrent: number } {
  const measuredRows = reference.rows * (1 - profile.missingShare);
  return {
    effectiveReference: profile.effectiveSize,
    effectiveCurrent: currentEffectiveRows(column.series, {
      levels: dependenceLevels(profile.sortedSample),
      time: Math.max(measuredRows / profile.effectiveSize, 1),
      meanRows: measuredRows / reference.series,
      series: reference.series,
    }),
  };
}

function chooseJudgement(
  profile: FeatureProfile,
  sizes: { effectiveReference: number; effectiveCurrent: number },
  settings: DriftSettings,
): Judgement {
  if (profile.minimum === profile.maximum) return 'support';
  const smaller = Math.min(sizes.effectiveReference, sizes.effectiveCurrent);
  return smaller >= settings.minEffectiveSize ? 'test' : 'none';
}

/** Distances that need a spread in the reference; null where it has none. */
function distances(profile: FeatureProfile, current: Float64Array): { shift: number | null; psi: number | null } {
  if (profile.standardDeviation === 0) return { shift: null, psi: null };
  return {
    shift: wassersteinDistance(profile.sortedSample, current) / profile.standardDeviation,
    psi: stabilityIndex(profile.sortedSample, current),
  };
}
