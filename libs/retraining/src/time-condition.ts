import type { ConditionResult } from './decision.js';
import type { TimeBasedSettings } from './settings.js';
import type { RetrainingState } from './state.js';

const msPerDay = 86_400_000;

/** Whether the Production version is old enough. Its age counts from its promotion. */
export function timeCondition({ enabled, intervalDays }: TimeBasedSettings, state: RetrainingState): ConditionResult {
  const base = { condition: 'time', threshold: intervalDays } as const;
  if (!enabled) return { ...base, status: 'disabled', value: null, reason: 'switched off' };
  const { productionVersion, now } = state;
  if (productionVersion === undefined) {
    return { ...base, status: 'unknown', value: null, reason: 'there is no Production version' };
  }
  const days = (now - productionVersion.promotedAt) / msPerDay;
  if (!(days >= 0)) {
    const reason = `version ${productionVersion.version} was promoted at a time that is not in the past`;
    return { ...base, status: 'unknown', value: null, reason };
  }
  const reason = `version ${productionVersion.version} is ${Number(days.toFixed(2))} days old, the interval is ${intervalDays} days`;
  return { ...base, status: days >= intervalDays ? 'met' : 'not-met', value: days, reason };
}
