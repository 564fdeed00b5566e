import type { EnvironmentSpec } from '@i-drill/core';

/**
 * The world of one episode, without a memory of its own: all it knows is in `state`, from `at` on, `stateSize` numbers. So
 * one model serves any number of episodes, and an episode can be put down and taken up.
 */
export interface EpisodeModel {
  readonly spec: EnvironmentSpec;
  readonly stateSize: number;
  /** Writes the first state. The same seed gives the same episode. */
  begin(state: Float64Array, at: number, seed: number): void;
  /**
   * Takes one step.
   *
   * @param actions within the action space; this episode's begin at `actionAt`
   * @returns the reward
   */
  advance(state: Float64Array, at: number, actions: Float32Array, actionAt: number): number;
  /** Whether the episode has come to an end of its own; the limit of steps is not the model's business. */
  hasEnded(state: Float64Array, at: number): boolean;
  /** Writes what there is to tell of the step that led to this state, as `spec.info` names it. */
  inform?(state: Float64Array, at: number, info: Float32Array, infoAt: number): void;
  /** Writes what is seen in this state, physical units. */
  observe(state: Float64Array, at: number, observations: Float32Array, observationAt: number): void;
}
