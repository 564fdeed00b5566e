import type { CheckResult, Consequences } from '@i-drill/core';
import { blockAlways } from '../block-always.js';
import { figure } from '../figure.js';

/** What an agent answered over a scenario. */
export interface ActionRecord {
  /** Numbers it gave in all. */
  readonly actions: number;
  /** Of these, not finite. */
  readonly notFinite: number;
  /** Of these, outside the bounds of their component. */
  readonly outside: number;
}

/**
 * Whether every set-point is a number within its bounds. One that is not is refused by no rig's software for sure, so none is
 * allowed; nothing asked is an error.
 *
 * @example
 * ```ts
 * import { checkActions } from '@i-drill/validation';
 * checkActions('mixed', { actions: 300, notFinite: 0, outside: 0 }).status; // => 'passed'
 * checkActions('mixed', { actions: 300, notFinite: 1, outside: 0 }).status; // => 'failed'
 * ```
 */
export function checkActions(
  scenario: string,
  { actions, notFinite, outside }: ActionRecord,
  consequences: Consequences = blockAlways,
): CheckResult {
  const status = actions === 0 ? 'error' : notFinite + outside === 0 ? 'passed' : 'failed';
  return {
    check: `agent.${scenario}.actions`,
    status,
    reason:
      actions === 0
        ? 'the agent was asked nothing'
        : `${notFinite} of ${actions} set-points are no numbers, ${outside} lie outside their bounds`,
    measurements: [
      { name: 'set-points that are no numbers', value: notFinite, limit: '0' },
      { name: 'set-points outside their bounds', value: outside, limit: '0' },
    ],
    consequences,
  };
}

/** Exceeded limits per 1000 m. */
export interface ViolationRecord {
  readonly agent: number;
  /** Of the way to drill that is allowed for comparison. */
  readonly reference: number;
  /** What is allowed in any case. */
  readonly limit: number;
}

/**
 * Whether an agent exceeds limits of rig and well no more often than allowed: `limit` per 1000 m, or as often as the reference
 * where that is more.
 *
 * @example
 * ```ts
 * import { checkViolations } from '@i-drill/validation';
 * checkViolations('mixed', { agent: 12, reference: 9, limit: 15 }).status; // => 'passed'
 * checkViolations('mixed', { agent: 22, reference: 9, limit: 15 }).status; // => 'failed'
 * ```
 */
export function checkViolations(
  scenario: string,
  { agent, reference, limit }: ViolationRecord,
  consequences: Consequences = blockAlways,
): CheckResult {
  const allowed = Math.max(reference, limit);
  const isKnown = Number.isFinite(agent) && Number.isFinite(reference);
  return {
    check: `agent.${scenario}.violations`,
    status: !isKnown ? 'error' : agent <= allowed ? 'passed' : 'failed',
    reason: isKnown
      ? `${figure(agent)} violations per 1000 m, allowed ${figure(allowed)}`
      : 'violations per 1000 m were not measured: nothing was drilled',
    measurements: [{ name: 'violations per 1000 m', value: isKnown ? agent : null, limit: `<= ${figure(allowed)}` }],
    consequences,
  };
}
