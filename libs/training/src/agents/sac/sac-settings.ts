import type { Schedule } from '../schedule.js';

/** How soft actor-critic trains, complete. */
export interface SacSettings {
  /** Environment steps in all. */
  readonly timesteps: number;
  /** Episodes side by side. */
  readonly environments: number;
  /** Steps before learning begins; their actions are uniform within the bounds. */
  readonly learningStarts: number;
  /** Rounds of one step in every place before learning. */
  readonly trainEvery: number;
  /** Gradient steps each time. */
  readonly gradientSteps: number;
  readonly batchSize: number;
  /** Steps that are remembered; older ones are forgotten. */
  readonly bufferSize: number;
  readonly learningRate: Schedule;
  /** Discount per step. */
  readonly gamma: number;
  /** Share of the critics that goes into their targets at every gradient step. */
  readonly tau: number;
  /** Weight of the entropy; `auto` learns it, so that the entropy stays at `targetEntropy`. */
  readonly temperature: number | 'auto';
  /** Nats; `auto` is −1 per component of the action. */
  readonly targetEntropy: number | 'auto';
  /** How much of its noise exploration keeps from step to step, 0 to below 1; 0 for none. */
  readonly noiseMemory: number;
  readonly rewardFactor: number;
  /** Rewards, times their factor, are cut to ± this; `null` for no limit. */
  readonly rewardClip: number | null;
  readonly normaliseObservations: boolean;
  /** Widths of actor and critics. */
  readonly hidden: readonly number[];
  readonly seed: number;
}

/** Defaults: those of stable-baselines3 2.x. */
export const sacDefaults: SacSettings = {
  timesteps: 100_000,
  environments: 1,
  learningStarts: 100,
  trainEvery: 1,
  gradientSteps: 1,
  batchSize: 256,
  bufferSize: 1_000_000,
  learningRate: 3e-4,
  gamma: 0.99,
  tau: 0.005,
  temperature: 'auto',
  targetEntropy: 'auto',
  noiseMemory: 0,
  rewardFactor: 1,
  rewardClip: null,
  normaliseObservations: false,
  hidden: [256, 256],
  seed: 0,
};
