import type { DriftSettings } from './drift-settings.js';
import type { FeatureDrift } from './drift-report.js';

const named = 3;

/** One sentence that says how many features drifted, the worst of them, and how many could not be judged. */
export function explain(features: readonly FeatureDrift[], settings: DriftSettings): string {
  const drifted = features.filter(({ status }) => status === 'failed');
  const unjudged = features.filter(({ status }) => status === 'inconclusive');
  const count = `${drifted.length} of ${features.length} features drifted`;
  const limit = `limit: share ${settings.maxDriftedShare}`;
  const parts = [drifted.length > 0 ? `${count} (${limit}): ${worst(drifted)}` : `${count} (${limit})`];
  if (unjudged.length > 0) parts.push(explainUnjudged(unjudged, settings));
  return parts.join('; ');
}

function worst(drifted: readonly FeatureDrift[]): string {
  const descending = [...drifted].sort((a, b) => (b.distance ?? 0) - (a.distance ?? 0));
  const names = descending.slice(0, named).map(({ feature, distance }) => `"${feature}" by ${distance?.toFixed(2)}`);
  return descending.length > named ? `${names.join(', ')}, …` : names.join(', ');
}

function explainUnjudged(unjudged: readonly FeatureDrift[], { minEffectiveSize }: DriftSettings): string {
  const sizes = unjudged.map(({ effectiveReference, effectiveCurrent }) =>
    Math.min(effectiveReference, effectiveCurrent),
  );
  const most = Math.max(...sizes).toFixed(1);
  return `${unjudged.length} could not be judged (at most ${most} effective rows, ${minEffectiveSize} needed)`;
}
