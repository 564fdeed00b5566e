import type { ConditionResult } from './decision.js';
import type { DriftBasedSettings } from './settings.js';
import type { DriftState, RetrainingState } from './state.js';

/**
 * Whether the inputs have drifted: by the drift report's own judgement, or, with a threshold, by the share of features that
 * are proven to have drifted. Features that could not be judged do not count, so an inconclusive report that reaches the
 * threshold all the same is enough. A report in error says nothing.
 */
export function driftCondition(settings: DriftBasedSettings, { drift }: RetrainingState): ConditionResult {
  const base = { condition: 'drift', threshold: settings.driftThreshold ?? null } as const;
  if (!settings.enabled) return { ...base, status: 'disabled', value: null, reason: 'switched off' };
  if (drift === undefined) return { ...base, status: 'unknown', value: null, reason: 'no drift report' };
  if (drift.status === 'error' || !Number.isFinite(drift.share)) {
    return { ...base, status: 'unknown', value: null, reason: 'drift could not be measured' };
  }
  return { ...base, status: judge(settings, drift), value: drift.share, reason: explain(settings, drift) };
}

function judge({ driftThreshold }: DriftBasedSettings, { status, share }: DriftState): ConditionResult['status'] {
  const isMet = driftThreshold === undefined ? status === 'failed' : share > 0 && share >= driftThreshold;
  if (isMet) return 'met';
  return status === 'inconclusive' ? 'unknown' : 'not-met';
}

function explain({ driftThreshold }: DriftBasedSettings, { status, share }: DriftState): string {
  const drifted = `${Number((share * 100).toFixed(1))} % of the features have drifted (report: ${status})`;
  if (driftThreshold === undefined) return drifted;
  return `${drifted}, the threshold is ${Number((driftThreshold * 100).toFixed(1))} %`;
}
