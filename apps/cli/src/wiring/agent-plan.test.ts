import { loadConfig } from '@i-drill/config';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plannedAgent } from './agent-plan.js';

const path = fileURLToPath(new URL('../../../../config/mlops_config.yaml', import.meta.url));
const { agents } = loadConfig({ path, env: {} }).training;
const env = { TOTAL_TIMESTEPS: '5000', LEARNING_RATE: '0.01', GAMMA: '0.5' };

describe('plannedAgent()', () => {
  it('takes the configuration where nothing else is said', () => {
    const { settings } = plannedAgent('ppo', agents, { flags: {}, env: { GAMMA: ' ' }, seed: 42 });
    expect(settings).toMatchObject({
      timesteps: 2_000_000,
      gamma: 0.95,
      learningRate: { from: 0.001, to: 0 },
      seed: 42,
    });
  });

  it('puts environment variables before it, and flags before both', () => {
    const own = { ...agents, sac: { ...agents.sac, final_learning_rate: 0.0001 } };
    const fromEnv = plannedAgent('sac', own, { flags: {}, env, seed: 42 }).settings;
    expect(fromEnv).toMatchObject({ timesteps: 5000, gamma: 0.5, learningRate: { from: 0.01, to: 0.0001 } });
    const flags = { timesteps: 7, learningRate: 0.00001, gamma: 0.6, seed: 3 };
    const fromFlags = plannedAgent('sac', own, { flags, env, seed: 42 }).settings;
    expect(fromFlags).toMatchObject({
      timesteps: 7,
      gamma: 0.6,
      seed: 3,
      learningRate: { from: 0.00001, to: 0.00001 },
    });
  });

  it.each([
    ['TOTAL_TIMESTEPS', '1.5'],
    ['TOTAL_TIMESTEPS', 'many'],
    ['LEARNING_RATE', '0'],
    ['GAMMA', '1.01'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => plannedAgent('ppo', agents, { flags: {}, env: { [name]: value }, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'CLI_WRONG_VALUE', message: expect.stringContaining(`${name} is "${value}"`) as string }) as Error, // prettier-ignore
    );
  });
});
