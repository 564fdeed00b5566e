import * as z from 'zod';
import { count, nonNegative, positive, section, share, shareBelowOne } from './fields.js';

/** What both kinds of agents have in common. */
interface AgentConfig {
  readonly timesteps: number;
  readonly environments: number;
  readonly batch_size: number;
  readonly learning_rate: number;
  readonly final_learning_rate: number;
  readonly gamma: number;
  readonly hidden: readonly number[];
}

/** Proximal policy optimisation. */
export interface PpoConfig extends AgentConfig {
  readonly rollout_steps: number;
  readonly epochs: number;
  readonly clip_range: number;
  readonly lambda: number;
  readonly entropy_coefficient: number;
  readonly value_coefficient: number;
  readonly max_gradient_norm: number;
  readonly target_kl: number | null;
  readonly initial_log_spread: number;
}

/** Soft actor-critic. */
export interface SacConfig extends AgentConfig {
  readonly learning_starts: number;
  readonly train_every: number;
  readonly gradient_steps: number;
  readonly buffer_size: number;
  readonly tau: number;
  readonly temperature: number | 'auto';
  readonly target_entropy: number | 'auto';
  readonly reward_clip: number | null;
  readonly noise_memory: number;
}

/** Section `training.agents`. */
export interface AgentsConfig {
  readonly preset: 'soft' | 'mixed' | 'hard';
  readonly evaluations: number;
  readonly selection_wells: number;
  readonly test_wells: number;
  readonly validation_wells: number;
  readonly max_violations_per_km: number;
  readonly ppo: PpoConfig;
  readonly sac: SacConfig;
}

interface AgentDefaults {
  readonly timesteps: number;
  readonly environments: number;
  readonly batchSize: number;
  readonly finalLearningRate: number;
  readonly gamma: number;
}

function agentFields({ timesteps, environments, batchSize, finalLearningRate, gamma }: AgentDefaults) {
  return {
    timesteps: count(timesteps, 'Environment steps. TOTAL_TIMESTEPS and --timesteps go before it.'),
    environments: count(environments, 'Episodes side by side.'),
    batch_size: count(batchSize, 'Rows of a gradient step.'),
    learning_rate: positive(0.001, 'Of Adam, at the start. LEARNING_RATE and --learning-rate go before it.'),
    final_learning_rate: nonNegative(finalLearningRate, 'At the end; a straight line leads there.'),
    gamma: share(gamma, 'Discount per step of five minutes. GAMMA and --gamma go before it.'),
    hidden: z.array(z.int().positive()).min(1).default([64, 64]).describe('Widths of the hidden layers of actor and critic.'), // prettier-ignore
  };
}

const ppo: z.ZodType<PpoConfig> = section(
  {
    ...agentFields({ timesteps: 2_000_000, environments: 64, batchSize: 1024, finalLearningRate: 0, gamma: 0.95 }),
    rollout_steps: count(256, 'Steps of each episode before the policy is improved.'),
    epochs: count(10, 'Times each step is learned from.'),
    clip_range: positive(0.2, 'How far the chance of an action may move within a rollout.'),
    lambda: share(0.95, 'Of generalised advantage estimation: one step (0) to the whole return (1).'),
    entropy_coefficient: nonNegative(0, 'Bonus for chance in the actions.'),
    value_coefficient: positive(0.5, 'Weight of the loss of the critic.'),
    max_gradient_norm: positive(0.5, 'The common norm of all gradients is cut here.'),
    target_kl: z.number().positive().nullable().default(null).describe('The epochs of a rollout end where the policy has gone 1.5 times this far, nats; null for no limit.'), // prettier-ignore
    initial_log_spread: z.number().default(-1.2).describe('Logarithm of the spread of actions at the start; the range of a set-point is 2.'), // prettier-ignore
  },
  'Proximal policy optimisation.',
);

const sac: z.ZodType<SacConfig> = section(
  {
    ...agentFields({ timesteps: 400_000, environments: 16, batchSize: 512, finalLearningRate: 0, gamma: 0.9 }),
    learning_starts: count(5000, 'Steps with uniform set-points before learning begins.', 0),
    train_every: count(1, 'Steps of every episode before learning.'),
    gradient_steps: count(2, 'Gradient steps each time.'),
    buffer_size: count(300_000, 'Steps that are remembered.'),
    tau: share(0.005, 'Share of the critics that goes into their slow copies at every gradient step.'),
    temperature: z.union([z.number().positive(), z.literal('auto')]).default('auto').describe('Weight of chance in the actions; auto learns it.'), // prettier-ignore
    target_entropy: z.union([z.number(), z.literal('auto')]).default('auto').describe('How much chance a learned temperature leaves in the actions, nats; auto is -1 per set-point.'), // prettier-ignore
    reward_clip: z
      .number()
      .positive()
      .nullable()
      .default(5)
      .describe('Rewards are cut to ± this, k$; null for no limit.'),
    noise_memory: shareBelowOne(0.5, 'How much of its noise exploration keeps from step to step.'),
  },
  'Soft actor-critic.',
);

/** Schema of section `training.agents`. */
export const agentsSchema: z.ZodType<AgentsConfig> = section(
  {
    preset: z.enum(['soft', 'mixed', 'hard']).default('mixed').describe('Which wells agents learn to drill.'),
    evaluations: count(20, 'Evaluations over a training; the best policy is kept.'),
    selection_wells: count(200, 'Wells an evaluation drills.', 10),
    test_wells: count(1000, 'Wells the kept policy is judged on; nothing has seen them before.', 20),
    validation_wells: count(500, 'Wells of each scenario of a validation.', 20),
    max_violations_per_km: nonNegative(
      15,
      "Exceeded limits per 1000 m a validation allows; as many as the driller's rule are allowed in any case.",
    ),
    ppo,
    sac,
  },
  'Agents that choose weight, speed and flow, in the simulator of the library drilling.',
);
