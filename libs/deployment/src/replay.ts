import type { ModelVersionRef } from '@i-drill/core';
import { advance } from './advance.js';
import type { RolloutCommand, RolloutEvent, RolloutJournalEntry } from './events.js';
import type { CanarySettings } from './settings.js';
import { initialRollout, type RolloutState } from './state.js';

/**
 * The state after a series of events.
 *
 * @example
 * ```ts
 * import { canaryPlan, replay } from '@i-drill/deployment';
 * const settings = canaryPlan({ initialShare: 0.5, increment: 0.5, watchMs: 1000 });
 * replay(settings, true, [{ type: 'requested' }, { type: 'started' }, { type: 'healthy' }]).phase; // => 'smokeTesting'
 * ```
 */
export function replay(settings: CanarySettings, hasStable: boolean, events: readonly RolloutEvent[]): RolloutState {
  return events.reduce<RolloutState>(
    (state, event) => advance(settings, state, event).next,
    initialRollout(settings, hasStable),
  );
}

/** What a journal says of the rollout it belongs to. */
export interface OpenedRollout {
  readonly ref: ModelVersionRef;
  readonly hasStable: boolean;
  readonly settings: CanarySettings;
  readonly state: RolloutState;
  /** Written last and never answered: it may have been performed or not. */
  readonly unanswered?: RolloutCommand;
}

/**
 * Rebuilds a rollout from its journal, for the process that comes after a crash. A rollout whose state is not final has
 * lost its runner: its candidate is to be removed. `undefined` when the journal was not opened.
 *
 * @example
 * ```ts
 * import { canaryPlan, openRolloutState } from '@i-drill/deployment';
 * const settings = canaryPlan({ initialShare: 0.5, increment: 0.5, watchMs: 1000 });
 * const opened = openRolloutState([
 *   { type: 'opened', at: 0, ref: { name: 'bit-life', version: '2' }, hasStable: true, settings },
 *   { type: 'event', at: 0, event: { type: 'requested' } },
 *   { type: 'command', at: 0, command: { type: 'startCandidate' } },
 * ]);
 * [opened?.state.phase, opened?.unanswered]; // => ['starting', { type: 'startCandidate' }]
 * ```
 */
export function openRolloutState(entries: readonly RolloutJournalEntry[]): OpenedRollout | undefined {
  const opened = entries.find((entry) => entry.type === 'opened');
  if (opened === undefined) return undefined;

  const { ref, hasStable, settings } = opened;
  const events = entries.filter((entry) => entry.type === 'event').map((entry) => entry.event);
  const state = replay(settings, hasStable, events);
  const last = entries.at(-1);
  return { ref, hasStable, settings, state, ...(last?.type === 'command' ? { unanswered: last.command } : {}) };
}
