import type { RolloutEvent } from './events.js';

/** How a rollout ended. */
export interface RolloutOutcome {
  readonly outcome: 'promoted' | 'rolledBack';
  readonly reason: string;
  readonly events: readonly RolloutEvent[];
  /** What a rollback could not undo although it tried again: somebody has to look. Empty when all was undone. */
  readonly leftovers: readonly string[];
}
