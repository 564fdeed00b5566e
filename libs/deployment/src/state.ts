import type { CanarySettings, CanaryStep } from './settings.js';
import type { RolloutCommand } from './events.js';

/** What a step is waiting for. The order below is the order of a step. */
export type StepStage = 'share' | 'reset' | 'watch' | 'health' | 'analysis';

/** Where a rollout stands. */
export type RolloutState =
  | { readonly phase: 'pending'; readonly hasStable: boolean }
  | { readonly phase: 'starting'; readonly hasStable: boolean; readonly isRunning: boolean }
  | { readonly phase: 'smokeTesting'; readonly hasStable: boolean }
  | ProgressingState
  | { readonly phase: 'promoting'; readonly hasStable: boolean; readonly share: number }
  | { readonly phase: 'promoted'; readonly hasStable: boolean }
  | { readonly phase: 'rolledBack'; readonly hasStable: boolean; readonly reason: string };

/** A rollout within its steps. */
export interface ProgressingState {
  readonly phase: 'progressing';
  readonly hasStable: boolean;
  /** Index of the step. */
  readonly step: number;
  /** The candidate's share as confirmed by the target. */
  readonly share: number;
  readonly awaiting: StepStage;
  /** How much of the current watch has passed. */
  readonly watchedMs: number;
  /** Extra watches spent on this step. */
  readonly extensions: number;
}

/** The new state, and what is to be done now. */
export interface Transition {
  readonly next: RolloutState;
  readonly commands: readonly RolloutCommand[];
}

/**
 * Where every rollout begins.
 *
 * @example
 * ```ts
 * import { canaryPlan, initialRollout } from '@i-drill/deployment';
 * initialRollout(canaryPlan({ initialShare: 0.5, increment: 0.5, watchMs: 1000 }), true).phase; // => 'pending'
 * ```
 */
export function initialRollout(_settings: CanarySettings, hasStable: boolean): RolloutState {
  return { phase: 'pending', hasStable };
}

/**
 * The steps a rollout goes through. Without a stable arm there is no traffic to share out: the candidate takes all of it
 * in one step, watched as long as the first step of the plan.
 */
export function stepsOf(settings: CanarySettings, hasStable: boolean): readonly CanaryStep[] {
  if (hasStable) return settings.steps;
  return settings.steps.slice(0, 1).map((step) => ({ ...step, share: 1 }));
}

/** A rollout at its end. */
export type FinalState = Extract<RolloutState, { phase: 'promoted' | 'rolledBack' }>;

/** Whether nothing can happen to the rollout any more. */
export function isFinal(state: RolloutState): state is FinalState {
  return state.phase === 'promoted' || state.phase === 'rolledBack';
}

/**
 * The share of the traffic the candidate has in a state, as far as it is confirmed.
 *
 * @example
 * ```ts
 * import { candidateShare } from '@i-drill/deployment';
 * candidateShare({ phase: 'rolledBack', hasStable: true, reason: 'unhealthy' }); // => 0
 * ```
 */
export function candidateShare(state: RolloutState): number {
  switch (state.phase) {
    case 'pending':
    case 'starting':
    case 'smokeTesting':
    case 'rolledBack':
      return 0;
    case 'progressing':
    case 'promoting':
      return state.share;
    case 'promoted':
      return 1;
  }
}
