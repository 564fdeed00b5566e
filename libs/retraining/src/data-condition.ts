import type { ConditionResult } from './decision.js';
import type { DataAvailabilitySettings } from './settings.js';
import type { RetrainingState } from './state.js';

/** Whether enough rows came in after the last training set. Without a single new row it is never met. */
export function dataCondition(
  { enabled, minSamples }: DataAvailabilitySettings,
  { newRows }: RetrainingState,
): ConditionResult {
  const base = { condition: 'data', threshold: minSamples } as const;
  if (!enabled) return { ...base, status: 'disabled', value: null, reason: 'switched off' };
  if (newRows === undefined || !(newRows >= 0)) {
    return { ...base, status: 'unknown', value: null, reason: 'the number of new rows is not known' };
  }
  const isMet = newRows > 0 && newRows >= minSamples;
  const reason = `${newRows} new rows since the last training, ${minSamples} are needed`;
  return { ...base, status: isMet ? 'met' : 'not-met', value: newRows, reason };
}
