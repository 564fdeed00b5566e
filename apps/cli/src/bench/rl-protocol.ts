import { cartPole, mountainCarContinuous, pendulum, type EpisodeModel } from '@i-drill/environments';
import type { AgentType } from '@i-drill/training/agents';

/** Names of the reference environments on the command line. */
export const rlEnvironments = ['cartpole', 'pendulum', 'mountain-car'] as const;

/** A reference environment. */
export type RlEnvironment = (typeof rlEnvironments)[number];

/** The worlds behind the names. */
export const rlModels: Readonly<Record<RlEnvironment, EpisodeModel>> = {
  cartpole: cartPole,
  pendulum,
  'mountain-car': mountainCarContinuous,
};

/** What is measured alike for every agent. */
export const rlProtocol = {
  seeds: 10,
  /** Evaluations over a training, on `selectionEpisodes` episodes that choose the policy which is kept. */
  evaluations: 20,
  selectionEpisodes: 10,
  /** Episodes the kept policy is judged on in the end; no training and no choice has seen them. */
  testEpisodes: 100,
} as const;

/** Seeds of episodes, from those numbers on; training uses 1009 · seed + place. */
const firstTestSeed = 1_000_000;
const firstSelectionSeed = 2_000_000;

/** Seeds of the episodes that choose. */
export const selectionSeeds: readonly number[] = numbered(firstSelectionSeed, rlProtocol.selectionEpisodes);

/** Seeds of the episodes that judge. */
export const testSeeds: readonly number[] = numbered(firstTestSeed, rlProtocol.testEpisodes);

function numbered(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** What an agent should reach: this mean return, by this share of the seeds. */
export interface RlGoal {
  readonly environment: RlEnvironment;
  readonly agent: AgentType;
  readonly meanReturn: number;
  readonly share: number;
  /** Where the figure is from. */
  readonly source: string;
}

/** rl-baselines3-zoo, benchmark.md, mean returns of trained agents, with as many steps. */
export const rlGoals: readonly RlGoal[] = [
  { environment: 'cartpole', agent: 'ppo', meanReturn: 500, share: 0.9, source: '500.0 in 100 k steps' },
  { environment: 'pendulum', agent: 'ppo', meanReturn: -172, share: 0.5, source: '-172.2 in 100 k steps' },
  { environment: 'pendulum', agent: 'sac', meanReturn: -157, share: 0.5, source: '-157.0 in 20 k steps' },
  { environment: 'mountain-car', agent: 'sac', meanReturn: 94, share: 0.5, source: '94.7 in 50 k steps' },
];
