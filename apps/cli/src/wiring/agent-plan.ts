import type { AgentsConfig, PpoConfig, SacConfig } from '@i-drill/config';
import { agentPlan, type AgentPlan, type AgentType } from '@i-drill/training/agents';
import { CliError } from '../errors.js';

/** What flags may put in place of environment variables and configuration. */
export interface AgentFlags {
  readonly timesteps?: number;
  readonly learningRate?: number;
  readonly gamma?: number;
  readonly seed?: number;
}

/** Environment variables that are read. */
export type AgentEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The training that is asked for: flags go before environment variables (`TOTAL_TIMESTEPS`, `LEARNING_RATE`, `GAMMA`), and those
 * before the configuration.
 *
 * @throws CliError `CLI_WRONG_VALUE` for a variable that holds no such number
 */
export function plannedAgent(
  type: AgentType,
  config: AgentsConfig,
  { flags, env, seed }: { readonly flags: AgentFlags; readonly env: AgentEnvironment; readonly seed: number },
): AgentPlan {
  const section = config[type];
  const from = flags.learningRate ?? numberIn(env, 'LEARNING_RATE', isPositive) ?? section.learning_rate;
  const shared = {
    timesteps: flags.timesteps ?? numberIn(env, 'TOTAL_TIMESTEPS', isCount) ?? section.timesteps,
    environments: section.environments,
    batchSize: section.batch_size,
    learningRate: { from, to: Math.min(from, section.final_learning_rate) },
    gamma: flags.gamma ?? numberIn(env, 'GAMMA', isShare) ?? section.gamma,
    hidden: section.hidden,
    normaliseObservations: true,
    seed: flags.seed ?? seed,
  };
  return agentPlan(type, { ...shared, ...(type === 'ppo' ? ppoSettings(config.ppo) : sacSettings(config.sac)) });
}

function ppoSettings(config: PpoConfig) {
  return {
    rolloutSteps: config.rollout_steps,
    epochs: config.epochs,
    clipRange: config.clip_range,
    lambda: config.lambda,
    entropyCoefficient: config.entropy_coefficient,
    valueCoefficient: config.value_coefficient,
    maxGradientNorm: config.max_gradient_norm,
    targetKl: config.target_kl,
    initialLogSpread: config.initial_log_spread,
  };
}

function sacSettings(config: SacConfig) {
  return {
    learningStarts: config.learning_starts,
    trainEvery: config.train_every,
    gradientSteps: config.gradient_steps,
    bufferSize: config.buffer_size,
    tau: config.tau,
    temperature: config.temperature,
    targetEntropy: config.target_entropy,
    rewardClip: config.reward_clip,
    noiseMemory: config.noise_memory,
  };
}

interface NumberRule {
  readonly words: string;
  readonly holds: (value: number) => boolean;
}

const isCount: NumberRule = {
  words: 'a whole number from 1 on',
  holds: (value) => Number.isSafeInteger(value) && value >= 1,
};
const isPositive: NumberRule = { words: 'a number above 0', holds: (value) => Number.isFinite(value) && value > 0 };
const isShare: NumberRule = { words: 'a number from 0 to 1', holds: (value) => value >= 0 && value <= 1 };

/** The number in an environment variable; `undefined` where it is not set, or empty. */
function numberIn(env: AgentEnvironment, name: string, { words, holds }: NumberRule): number | undefined {
  const text = env[name];
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  if (holds(value)) return value;
  throw new CliError(`Cannot train: environment variable ${name} is "${text}"; set it to ${words}, or unset it`, {
    code: 'CLI_WRONG_VALUE',
    details: { name, value: text },
  });
}
