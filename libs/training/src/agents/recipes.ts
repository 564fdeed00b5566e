import type { PpoSettings } from './ppo/ppo-settings.js';
import type { SacSettings } from './sac/sac-settings.js';

/** What departs from the defaults of an algorithm, per environment. */
export interface AgentRecipes {
  readonly ppo?: Partial<PpoSettings>;
  readonly sac?: Partial<SacSettings>;
}

/**
 * Settings for the reference environments, after rl-baselines3-zoo (hyperparams/ppo.yml and sac.yml); where they depart from
 * it, docs/algorithms/agents.md says why.
 */
export const agentRecipes: Readonly<Record<string, AgentRecipes>> = {
  'CartPole-v1': {
    ppo: {
      timesteps: 100_000,
      environments: 8,
      rolloutSteps: 32,
      batchSize: 256,
      epochs: 20,
      gamma: 0.98,
      lambda: 0.8,
      learningRate: { from: 1e-3, to: 0 },
      clipRange: { from: 0.2, to: 0 },
      normaliseObservations: false,
      normaliseRewards: false,
    },
  },
  'Pendulum-v1': {
    ppo: {
      timesteps: 100_000,
      environments: 8,
      rolloutSteps: 256,
      batchSize: 64,
      epochs: 10,
      gamma: 0.9,
      learningRate: { from: 1e-3, to: 0 },
      normaliseObservations: false,
    },
    sac: { timesteps: 20_000, learningRate: 1e-3, hidden: [64, 64] },
  },
  'MountainCarContinuous-v0': {
    sac: {
      timesteps: 50_000,
      learningStarts: 1000,
      trainEvery: 32,
      gradientSteps: 32,
      bufferSize: 50_000,
      gamma: 0.9999,
      tau: 0.01,
      temperature: 0.1,
      noiseMemory: 0.97,
      hidden: [64, 64],
    },
  },
};
