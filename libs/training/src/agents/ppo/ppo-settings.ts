import type { Schedule } from '../schedule.js';

/** How proximal policy optimisation trains, complete. */
export interface PpoSettings {
  /** Environment steps in all. */
  readonly timesteps: number;
  /** Episodes side by side. */
  readonly environments: number;
  /** Steps of each before the policy is improved. */
  readonly rolloutSteps: number;
  /** Rows of a gradient step. */
  readonly batchSize: number;
  /** Times each row is learned from. */
  readonly epochs: number;
  readonly learningRate: Schedule;
  readonly clipRange: Schedule;
  /** Discount per step. */
  readonly gamma: number;
  /** Of generalised advantage estimation. */
  readonly lambda: number;
  readonly entropyCoefficient: number;
  readonly valueCoefficient: number;
  readonly maxGradientNorm: number;
  /** A rollout's epochs end where the policy has gone 1.5 times this far, nats; `null` for no limit. */
  readonly targetKl: number | null;
  readonly normaliseAdvantages: boolean;
  readonly normaliseObservations: boolean;
  readonly normaliseRewards: boolean;
  /** Widths of actor and critic. */
  readonly hidden: readonly number[];
  /** log σ at the start, for continuous actions. */
  readonly initialLogSpread: number;
  readonly seed: number;
}

/** Defaults: those of stable-baselines3 2.x, with eight environments. */
export const ppoDefaults: PpoSettings = {
  timesteps: 100_000,
  environments: 8,
  rolloutSteps: 256,
  batchSize: 64,
  epochs: 10,
  learningRate: 3e-4,
  clipRange: 0.2,
  gamma: 0.99,
  lambda: 0.95,
  entropyCoefficient: 0,
  valueCoefficient: 0.5,
  maxGradientNorm: 0.5,
  targetKl: null,
  normaliseAdvantages: true,
  normaliseObservations: true,
  normaliseRewards: true,
  hidden: [64, 64],
  initialLogSpread: 0,
  seed: 0,
};
