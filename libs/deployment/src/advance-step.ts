import type { RolloutEvent } from './events.js';
import type { CanarySettings } from './settings.js';
import { stepsOf, type ProgressingState, type Transition } from './state.js';
import { go, rollBack, stay } from './transition.js';

/** The first step, after the smoke tests. */
export function enterFirstStep(settings: CanarySettings, hasStable: boolean): Transition {
  return enterStep(settings, { phase: 'progressing', hasStable, step: 0, share: 0, ...newStep });
}

const newStep = { awaiting: 'share', watchedMs: 0, extensions: 0 } as const;

function enterStep(settings: CanarySettings, state: ProgressingState): Transition {
  const step = stepsOf(settings, state.hasStable)[state.step];
  if (step !== undefined) return go(state, { type: 'setShare', share: step.share });
  return go({ phase: 'promoting', hasStable: state.hasStable, share: state.share }, { type: 'promote' });
}

/**
 * One move within a step: set the share, reset the statistics, then watch in slices of `health.intervalMs`. After each
 * slice the candidate's health is asked and its statistics are judged: a failed analysis ends the rollout at once, a
 * passed one counts only at the end of the watch.
 */
export function advanceStep(settings: CanarySettings, state: ProgressingState, event: RolloutEvent): Transition {
  switch (state.awaiting) {
    case 'share':
      return event.type === 'shareSet' ? takeShare(settings, state, event.share) : stay(state);
    case 'reset':
      return event.type === 'statsReset' ? watch(settings, state) : stay(state);
    case 'watch':
      return event.type === 'waited' ? askHealth(state, event.ms) : stay(state);
    case 'health':
      return event.type === 'healthy' ? go({ ...state, awaiting: 'analysis' }, { type: 'analyse' }) : stay(state);
    case 'analysis':
      return judge(settings, state, event);
  }
}

/** A target that confirms another share than it was asked for is not to be trusted with traffic. */
function takeShare(settings: CanarySettings, state: ProgressingState, share: number): Transition {
  const wanted = stepsOf(settings, state.hasStable)[state.step]?.share;
  if (share !== wanted) return rollBack(state, `the target set a share of ${share} instead of ${wanted ?? 0}`);
  return go({ ...state, share, awaiting: 'reset' }, { type: 'resetStats' });
}

function askHealth(state: ProgressingState, waitedMs: number): Transition {
  const watchedMs = state.watchedMs + Math.max(waitedMs, 0);
  return go({ ...state, awaiting: 'health', watchedMs }, { type: 'checkHealth' });
}

function watch(settings: CanarySettings, state: ProgressingState): Transition {
  const ms = Math.min(settings.health.intervalMs, watchLeft(settings, state));
  return go({ ...state, awaiting: 'watch' }, { type: 'wait', ms });
}

function watchLeft(settings: CanarySettings, { hasStable, step, watchedMs }: ProgressingState): number {
  return Math.max((stepsOf(settings, hasStable)[step]?.watchMs ?? 0) - watchedMs, 0);
}

function judge(settings: CanarySettings, state: ProgressingState, event: RolloutEvent): Transition {
  if (event.type !== 'analysed') return stay(state);
  if (watchLeft(settings, state) > 0) return watch(settings, state);
  if (event.status === 'passed') return enterStep(settings, { ...state, step: state.step + 1, ...newStep });
  if (state.extensions >= settings.maxInconclusive) return rollBack(state, `not proven: ${event.reason}`);
  return watch(settings, { ...state, watchedMs: 0, extensions: state.extensions + 1 });
}
