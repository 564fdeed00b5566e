import { ppoDefaults } from '@i-drill/training/agents';
import { describe, expect, it } from 'vitest';
import { rlPage, rlTable } from './rl-page.js';
import { rlProtocol } from './rl-protocol.js';
import { goalResult, isCompleteRl, type RlReport } from './rl-report.js';

function report(returns: readonly number[], more: Partial<RlReport> = {}): RlReport {
  return {
    benchmark: 'rl',
    environment: 'cartpole',
    agent: 'ppo',
    settings: ppoDefaults,
    protocol: rlProtocol,
    revision: 'abc',
    machine: { processor: 'some', cores: 2, node: '20', backend: 'kernels' },
    shortened: false,
    seeds: returns.map((mean, i) => ({
      seed: i + 1,
      timesteps: 100_000,
      seconds: 5,
      curve: [
        { timesteps: 50_000, meanReturn: mean / 2 },
        { timesteps: 100_000, meanReturn: mean },
      ],
      keptAt: 100_000,
      testReturns: [mean - 1, mean + 1],
      lastMeanReturn: mean,
    })),
    ...more,
  };
}

const nineOfTen = [500, 500, 500, 500, 500, 500, 500, 500, 500, 300];

describe('goalResult()', () => {
  it('asks nine of ten seeds for 500 on CartPole', () => {
    expect(goalResult(report(nineOfTen))).toMatchObject({ reached: 9, isMet: true });
    expect(goalResult(report(nineOfTen.with(0, 499)))).toMatchObject({ reached: 8, isMet: false });
  });

  it('asks the median seed elsewhere, and nothing where no goal is set', () => {
    const pendulum = { environment: 'pendulum', agent: 'sac' } as const;
    expect(goalResult(report([-150, -150, -160], pendulum))?.isMet).toBe(true);
    expect(goalResult(report([-150, -160, -160], pendulum))?.isMet).toBe(false);
    expect(goalResult(report([1], { environment: 'mountain-car', agent: 'ppo' }))).toBeUndefined();
  });
});

describe('rlPage()', () => {
  it('shows complete runs only, with a figure for each', () => {
    const complete = report(nineOfTen);
    expect(isCompleteRl(complete)).toBe(true);
    expect(rlPage([complete]).map(({ name }) => name)).toEqual(['rl.md', 'rl-cartpole-ppo.svg']);
    expect(rlPage([report([500])]).map(({ name }) => name)).toEqual(['rl.md']);
    expect(rlPage([report(nineOfTen, { shortened: true })]).map(({ name }) => name)).toEqual(['rl.md']);
    expect(rlPage([complete])[1]!.text).toContain('goal 500');
  });

  it('gives median and range, steps per second, and whether the goal is met', () => {
    expect(rlTable([report(nineOfTen)]).rows[0]).toEqual(['cartpole, ppo', '10', '500.0 (300.0 to 500.0)', '500.0 (300.0 to 500.0)', '20000', '500', '9 of 10', 'yes']); // prettier-ignore
  });
});
