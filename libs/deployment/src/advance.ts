import { advanceStep, enterFirstStep } from './advance-step.js';
import type { RolloutEvent } from './events.js';
import type { CanarySettings } from './settings.js';
import { isFinal, type FinalState, type RolloutState, type Transition } from './state.js';
import { go, rollBack, stay } from './transition.js';

/**
 * One move of a canary rollout: `(settings, state, event)` gives the next state and what is to be done.
 *
 * Phases: pending → starting → smokeTesting → progressing → promoting → promoted, and rolledBack from any of them.
 * An unhealthy or exited candidate, a failed analysis, a failed command and an abort roll back in every phase that is not
 * final. An event nobody waits for changes nothing.
 *
 * @example
 * ```ts
 * import { advance, canaryPlan, initialRollout } from '@i-drill/deployment';
 * const settings = canaryPlan({ initialShare: 0.5, increment: 0.5, watchMs: 1000 });
 * const { next, commands } = advance(settings, initialRollout(settings, true), { type: 'requested' });
 * [next.phase, commands]; // => ['starting', [{ type: 'startCandidate' }]]
 * ```
 */
export function advance(settings: CanarySettings, state: RolloutState, event: RolloutEvent): Transition {
  if (isFinal(state)) return stay(state); // late events arrive after the end; they change nothing
  const fault = faultOf(event);
  return fault === undefined ? proceed(settings, state, event) : rollBack(state, fault);
}

/** What in an event ends a rollout, whatever the phase. */
// eslint-disable-next-line complexity -- one case per event, so that the compiler finds the one that is forgotten
function faultOf(event: RolloutEvent): string | undefined {
  switch (event.type) {
    case 'unhealthy':
      return `candidate is unhealthy: ${event.reason}`;
    case 'exited':
      return `candidate exited: ${event.reason}`;
    case 'commandFailed':
      return `${event.command} failed: ${event.reason}`;
    case 'aborted':
      return `aborted: ${event.reason}`;
    case 'smokeTested':
      return event.failures.length === 0 ? undefined : `smoke tests failed: ${event.failures.join('; ')}`;
    case 'analysed':
      return event.status === 'failed' ? `candidate failed the analysis: ${event.reason}` : undefined;
    case 'requested':
    case 'started':
    case 'healthy':
    case 'shareSet':
    case 'statsReset':
    case 'waited':
    case 'candidatePromoted':
    case 'candidateRemoved':
      return undefined;
  }
}

function proceed(settings: CanarySettings, state: Exclude<RolloutState, FinalState>, event: RolloutEvent): Transition {
  const { hasStable } = state;
  switch (state.phase) {
    case 'pending':
      if (event.type !== 'requested') return stay(state);
      return go({ phase: 'starting', hasStable, isRunning: false }, { type: 'startCandidate' });
    case 'starting':
      return proceedStart(state, event);
    case 'smokeTesting':
      return event.type === 'smokeTested' ? enterFirstStep(settings, hasStable) : stay(state);
    case 'progressing':
      return advanceStep(settings, state, event);
    case 'promoting':
      return event.type === 'candidatePromoted' ? go({ phase: 'promoted', hasStable }) : stay(state);
  }
}

function proceedStart(state: Extract<RolloutState, { phase: 'starting' }>, event: RolloutEvent): Transition {
  if (event.type === 'started' && !state.isRunning) return go({ ...state, isRunning: true }, { type: 'checkHealth' });
  if (event.type !== 'healthy' || !state.isRunning) return stay(state);
  return go({ phase: 'smokeTesting', hasStable: state.hasStable }, { type: 'smokeTest' });
}
