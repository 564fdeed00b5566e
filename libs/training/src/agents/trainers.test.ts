import { cartPole, pendulum, vectorEnvironment, type EpisodeModel } from '@i-drill/environments';
import { describe, expect, it } from 'vitest';
import { decodeAgentCheckpoint, encodeAgentCheckpoint } from './agent-checkpoint-file.js';
import { agentPlan, createTrainer, type AgentPlan } from './create-trainer.js';
import { evaluatePolicy } from './evaluate-policy.js';
import type { Policy } from './policy/policy.js';
import { trainAgent, type AgentCheckpoint, type TrainAgentRequest } from './train-agent.js';

const clock = { now: () => 0, sleep: () => Promise.resolve() };
const seeds = Array.from({ length: 20 }, (_, i) => 500_000 + i);

function meanReturn(model: EpisodeModel, policy: Policy): number {
  const episodes = evaluatePolicy(policy, vectorEnvironment(model, 10), seeds);
  return episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
}

function request(plan: AgentPlan, model: EpisodeModel, evaluateEvery: number): TrainAgentRequest {
  return {
    trainer: createTrainer(plan, vectorEnvironment(model, plan.settings.environments)),
    timesteps: plan.settings.timesteps,
    evaluate: (policy) => meanReturn(model, policy),
    evaluateEvery,
    recipe: JSON.stringify(plan),
    clock,
  };
}

const smallPpo = agentPlan('ppo', {
  timesteps: 3000,
  environments: 4,
  rolloutSteps: 50,
  batchSize: 64,
  epochs: 3,
  hidden: [16],
  seed: 5,
});
const smallSac = agentPlan('sac', {
  timesteps: 900,
  learningStarts: 100,
  environments: 2,
  batchSize: 32,
  hidden: [16],
  normaliseObservations: true,
  noiseMemory: 0.5,
  seed: 5,
});
const kinds: [string, AgentPlan, EpisodeModel][] = [
  ['PPO with choices', smallPpo, cartPole],
  ['PPO with numbers', smallPpo, pendulum],
  ['SAC', smallSac, pendulum],
];

describe.each(kinds)('%s', (_, plan, model) => {
  it('gives the same policy for the same seed, to the bit, and another for another', async () => {
    const train = async (seed: number): Promise<Policy> => {
      const own = { ...plan, settings: { ...plan.settings, seed } } as AgentPlan;
      return (await trainAgent(request(own, model, 500))).best.policy;
    };
    const first = await train(5);
    expect(await train(5)).toEqual(first);
    expect((await train(6)).parameters).not.toEqual(first.parameters);
  });

  it('goes on from a checkpoint as if it had never stopped, to the bit', async () => {
    const kept: Uint8Array[] = [];
    const onCheckpoint = (checkpoint: AgentCheckpoint): void => void kept.push(encodeAgentCheckpoint(checkpoint));
    const whole = await trainAgent({ ...request(plan, model, 300), onCheckpoint });
    const middle = decodeAgentCheckpoint(kept[Math.floor(kept.length / 2) - 1]!);
    const resumed = await trainAgent({ ...request(plan, model, 300), resumeFrom: middle });
    expect(resumed.best).toEqual(whole.best);
    expect(resumed.history).toEqual(whole.history);
    expect(kept.length).toBeGreaterThan(2);
  });

  it('does not go on from a training with other settings', async () => {
    const kept: AgentCheckpoint[] = [];
    await trainAgent({ ...request(plan, model, 300), onCheckpoint: (checkpoint) => void kept.push(checkpoint) });
    const other = { ...plan, settings: { ...plan.settings, gamma: 0.5 } } as AgentPlan;
    await expect(trainAgent({ ...request(other, model, 300), resumeFrom: kept[0]! })).rejects.toMatchObject({
      code: 'TRAINING_CHECKPOINT_MISMATCH',
    });
  });
});

describe('trainAgent()', () => {
  it('keeps the best policy, not the last', async () => {
    const scores = [1, 5, 2, 3];
    const evaluated: Policy[] = [];
    const evaluate = (policy: Policy): number => scores[evaluated.push(policy) - 1]!;
    const { best, history } = await trainAgent({ ...request(smallPpo, cartPole, 750), evaluate });
    expect(history.map(({ score }) => score)).toEqual(scores);
    expect(best).toMatchObject({ score: 5, policy: evaluated[1] });
  });

  it('ends after the present piece when it is interrupted', async () => {
    const abort = new AbortController();
    const onProgress = (): void => {
      abort.abort();
    };
    const { stopped, history } = await trainAgent({
      ...request(smallPpo, cartPole, 300),
      onProgress,
      signal: abort.signal,
    });
    expect(stopped).toBe('interrupted');
    expect(history).toHaveLength(1);
  });

  it('stops with an error where a figure is no number any more', async () => {
    const broken = agentPlan('ppo', { ...smallPpo.settings, learningRate: 1e30, maxGradientNorm: 1e30 });
    await expect(trainAgent(request(broken, cartPole, 300))).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' });
  });

  it('learns CartPole by PPO in seconds', async () => {
    const plan = agentPlan('ppo', {
      timesteps: 30_000,
      rolloutSteps: 32,
      batchSize: 256,
      epochs: 20,
      gamma: 0.98,
      lambda: 0.8,
      learningRate: 1e-3,
      normaliseObservations: false,
      seed: 1,
    });
    const untrained = meanReturn(cartPole, createTrainer(plan, vectorEnvironment(cartPole, 8)).policy());
    const { best } = await trainAgent(request(plan, cartPole, 10_000));
    expect(untrained).toBeLessThan(100);
    expect(best.score).toBeGreaterThan(300);
  });

  it('learns Pendulum by SAC in seconds', async () => {
    const plan = agentPlan('sac', {
      timesteps: 5000,
      learningRate: 2e-3,
      gamma: 0.95,
      hidden: [48, 48],
      batchSize: 128,
      seed: 1,
    });
    const untrained = meanReturn(pendulum, createTrainer(plan, vectorEnvironment(pendulum, 1)).policy());
    const { best } = await trainAgent(request(plan, pendulum, 2500));
    expect(untrained).toBeLessThan(-800);
    expect(best.score).toBeGreaterThan(-400);
  });
});

describe('rewardClip', () => {
  it('cuts what SAC remembers of rewards to its range, and leaves the rest as it is', async () => {
    const rewardsOf = async (rewardClip: number | null): Promise<readonly number[]> => {
      const plan = agentPlan('sac', { ...smallSac.settings, learningStarts: 500, rewardClip });
      const trainer = createTrainer(plan, vectorEnvironment(pendulum, plan.settings.environments));
      await trainer.iterate();
      const { replay } = (await trainer.snapshot()) as { replay: { rewards: Float32Array } };
      return [...replay.rewards];
    };
    const whole = await rewardsOf(null);
    expect(Math.min(...whole)).toBeLessThan(-3);
    expect(await rewardsOf(3)).toEqual(whole.map((reward) => Math.max(-3, reward)));
  });
});

describe('createTrainer()', () => {
  it('refuses to train SAC where actions are choices', () => {
    expect(() => createTrainer(smallSac, vectorEnvironment(cartPole, 2))).toThrow(/choices; train PPO/);
  });
});
