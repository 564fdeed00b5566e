import { dataCondition } from './data-condition.js';
import type { ConditionResult, RetrainingDecision } from './decision.js';
import { driftCondition } from './drift-condition.js';
import { performanceCondition } from './performance-condition.js';
import type { RetrainingSettings } from './settings.js';
import type { RetrainingState } from './state.js';
import { timeCondition } from './time-condition.js';

const msPerHour = 3_600_000;

/**
 * Whether to retrain, from what is known now. All four conditions are always listed; then, in this order:
 *
 * 1. nothing in Production: `unknown` (there is nothing to retrain, only something to train);
 * 2. within the cooldown after the last retraining: `keep`, whatever the conditions say;
 * 3. any condition met: `retrain`; else any unknown: `unknown`; else `keep`.
 *
 * A last retraining in the future is no cooldown: a wrong clock must not switch retraining off.
 *
 * @example
 * ```ts
 * import { decideRetraining } from '@i-drill/retraining';
 * const settings = {
 *   timeBased: { enabled: true, intervalDays: 30 },
 *   performanceBased: { enabled: false, degradationThreshold: 0.1 },
 *   driftBased: { enabled: false },
 *   dataAvailability: { enabled: true, minSamples: 1000 },
 *   cooldownHours: 24,
 * };
 * const day = 86_400_000;
 * const productionVersion = {
 *   version: '3',
 *   promotedAt: 0,
 *   validationMetrics: { rmse: 20 },
 * };
 * decideRetraining(settings, { now: 31 * day, productionVersion, newRows: 10 }).decision; // => 'retrain'
 * decideRetraining(settings, { now: 3 * day, productionVersion, newRows: 10 }).decision; // => 'keep'
 * decideRetraining(settings, { now: 3 * day, productionVersion }).decision; // => 'unknown'
 * ```
 */
export function decideRetraining(settings: RetrainingSettings, state: RetrainingState): RetrainingDecision {
  const conditions = [
    timeCondition(settings.timeBased, state),
    performanceCondition(settings.performanceBased, state),
    driftCondition(settings.driftBased, state),
    dataCondition(settings.dataAvailability, state),
  ];
  if (state.productionVersion === undefined) {
    return { decision: 'unknown', conditions, reason: 'nothing is in Production: there is no version to retrain' };
  }
  const cooldown = cooldownReason(settings, state);
  if (cooldown !== undefined) return { decision: 'keep', conditions, reason: cooldown };
  return { ...combine(conditions), conditions };
}

function cooldownReason({ cooldownHours }: RetrainingSettings, state: RetrainingState): string | undefined {
  if (state.lastRetrainingAt === undefined) return undefined;
  const hours = (state.now - state.lastRetrainingAt) / msPerHour;
  if (!(hours >= 0 && hours < cooldownHours)) return undefined;
  return `the last retraining was ${Number(hours.toFixed(2))} hours ago, the cooldown is ${cooldownHours} hours`;
}

function combine(conditions: readonly ConditionResult[]): Omit<RetrainingDecision, 'conditions'> {
  const met = conditions.filter(({ status }) => status === 'met');
  if (met.length > 0) return { decision: 'retrain', reason: listed(met) };
  const unknown = conditions.filter(({ status }) => status === 'unknown');
  if (unknown.length > 0) return { decision: 'unknown', reason: listed(unknown) };
  const asked = conditions.filter(({ status }) => status === 'not-met');
  return { decision: 'keep', reason: asked.length === 0 ? 'every condition is switched off' : 'no condition is met' };
}

function listed(conditions: readonly ConditionResult[]): string {
  return conditions.map(({ condition, reason }) => `${condition}: ${reason}`).join('; ');
}
