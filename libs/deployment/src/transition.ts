import type { RolloutCommand } from './events.js';
import type { RolloutState, Transition } from './state.js';

/** Nothing changes and nothing is to be done. */
export function stay(state: RolloutState): Transition {
  return { next: state, commands: [] };
}

/** A new state, with what is to be done in it. */
export function go(next: RolloutState, ...commands: readonly RolloutCommand[]): Transition {
  return { next, commands };
}

/** Ends the rollout. What undoes the candidate depends on how far it came. */
export function rollBack(state: RolloutState, reason: string): Transition {
  return go({ phase: 'rolledBack', hasStable: state.hasStable, reason }, ...cleaning(state));
}

/** Nothing before the candidate was asked to start; its traffic is taken away before it is removed. */
function cleaning(state: RolloutState): RolloutCommand[] {
  switch (state.phase) {
    case 'progressing':
    case 'promoting':
      return [{ type: 'setShare', share: 0 }, { type: 'removeCandidate' }];
    case 'starting':
    case 'smokeTesting':
      return [{ type: 'removeCandidate' }];
    case 'pending':
    case 'promoted':
    case 'rolledBack':
      return [];
  }
}
