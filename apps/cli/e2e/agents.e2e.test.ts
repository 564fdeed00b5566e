import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTable } from '@i-drill/datasets';
import { openPolicy } from '@i-drill/onnx';
import { openMlflow } from 'mlflow-client-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCli } from './support/cli-process.js';
import { until } from './support/client.js';
import { expectRefusal } from './support/refusal.js';
import { tinySizes } from './support/tiny-config.js';
import { Workplace } from './support/workplace.js';

interface Trained {
  readonly model: string;
  readonly version: string;
  readonly runId: string;
  readonly exportDifference: number;
  readonly figures: { readonly costPerM: { readonly value: number } };
}

interface Judged {
  readonly verdict: {
    readonly status: string;
    readonly checks: readonly { readonly check: string; readonly status: string }[];
  };
  readonly promoted: boolean;
}

const agents = {
  evaluations: 5,
  selection_wells: 30,
  test_wells: 100,
  validation_wells: 150,
  ppo: { timesteps: 50_000, environments: 16, rollout_steps: 64, batch_size: 256 },
  sac: { timesteps: 3000, learning_starts: 500, hidden: [16] },
};

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create({ ...tinySizes, training: { ...tinySizes.training, agents } });
});

afterAll(async () => {
  await workplace.dispose();
});

async function digestOf(runId: string): Promise<string> {
  const model = await readFile(join(workplace.artifactsOf(runId), 'model/model.onnx'));
  return createHash('sha256').update(model).digest('hex');
}

const paramsOf = async (runId: string): Promise<Readonly<Record<string, string>>> => {
  const store = openMlflow({ trackingUri: `file:${workplace.path('mlruns')}` });
  return (await store.getRun(runId)).params;
};

describe('train ppo', () => {
  let whole: Trained;

  it('tracks, exports, judges and registers an agent, the same with any number of threads', async () => {
    whole = (await workplace.must(['train', 'ppo', '--threads', '2'])) as Trained;
    expect(whole).toMatchObject({ model: 'drilling_ppo', version: '1' });
    expect(whole.exportDifference).toBeLessThan(1e-5);
    expect(whole.figures.costPerM.value).toBeLessThan(400);
    const alone = (await workplace.must(['train', 'ppo'])) as Trained;
    expect(await digestOf(alone.runId)).toBe(await digestOf(whole.runId));
  });

  it('serves set-points in physical units from the registered file', async () => {
    const onnx = await readFile(join(workplace.artifactsOf(whole.runId), 'model/model.onnx'));
    const policy = await openPolicy(onnx);
    const { observation, environment } = policy.description;
    expect(environment).toBe('Drilling-v1');
    const [weight, speed, flow] = await policy.act(new Float32Array(observation.length).fill(1), 1);
    await policy.close();
    expect(weight).toBeGreaterThanOrEqual(0);
    expect(weight).toBeLessThanOrEqual(200);
    expect(speed).toBeLessThanOrEqual(240);
    expect(flow).toBeLessThanOrEqual(3600);
  });

  it('gives the agent of an uninterrupted training after it was killed and started again', async () => {
    const checkpoint = workplace.path('ppo.checkpoint');
    const command = ['train', 'ppo', '--checkpoint', 'ppo.checkpoint'];
    const first = workplace.start(command);
    await until('a checkpoint', () => Promise.resolve(existsSync(checkpoint) || undefined));
    first.kill();
    expect((await first.ended).exitCode).toBeNull();
    const resumed = (await workplace.must(command)) as Trained;
    expect(await digestOf(resumed.runId)).toBe(await digestOf(whole.runId));
    expect(existsSync(checkpoint)).toBe(false);
  });

  it('takes flags before environment variables, and those before the configuration', async () => {
    const env = { TOTAL_TIMESTEPS: '2000', LEARNING_RATE: '0.002', GAMMA: '0.9' };
    const { runId } = (await workplace.must(['train', 'ppo', '--gamma', '0.8', '--timesteps', '1500'], {
      env,
    })) as Trained;
    const params = await paramsOf(runId);
    expect(params).toMatchObject({ gamma: '0.8', timesteps: '1500', environments: '16' });
    expect(JSON.parse(params['learning_rate']!)).toMatchObject({ from: 0.002 });
  });

  it('names an environment variable that holds no such number', async () => {
    expectRefusal(await workplace.run(['train', 'sac'], { env: { GAMMA: '1.5' } }), {
      exitCode: 2,
      code: 'CLI_WRONG_VALUE',
      says: ['GAMMA', '"1.5"', 'from 0 to 1'],
    });
  });
});

describe('validate, of an agent', () => {
  it('tries it in every scenario, and says what it found', async () => {
    const { answer, exitCode } = await workplace.run([
      'validate',
      '--model-name',
      'drilling_ppo',
      '--model-version',
      '1',
    ]);
    const { verdict, promoted } = answer as Judged;
    const names = verdict.checks.map(({ check }) => check);
    for (const scenario of ['mixed', 'mixed-ideal-sensors', 'soft', 'hard']) {
      expect(names).toContain(`agent.${scenario}.actions`);
      expect(names).toContain(`agent.${scenario}.violations`);
      expect(names).toContain(`baseline.${scenario}.drillers-rule`);
    }
    const actions = verdict.checks.filter(({ check }) => check.endsWith('.actions'));
    expect(actions.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(promoted).toBe(verdict.status === 'passed');
    expect(exitCode).toBe(verdict.status === 'passed' ? 0 : 1);
  });

  it('does not let an agent through that has hardly learned', async () => {
    const { version } = (await workplace.must(['train', 'sac'])) as Trained;
    const { answer, exitCode } = await workplace.run([
      'validate',
      '--model-name',
      'drilling_sac',
      '--model-version',
      version,
    ]);
    expect(exitCode).toBe(1);
    expect((answer as Judged).promoted).toBe(false);
  });

  it('does not take an agent for a sequence model', async () => {
    expectRefusal(await workplace.run(['evaluate', '--model-name', 'drilling_ppo', '--model-version', '1']), {
      exitCode: 2,
      code: 'REGISTRY_WRONG_KIND',
      says: ['drilling_ppo', 'agent'],
    });
  });
});

describe('simulate', () => {
  const simulate = (...args: readonly string[]) => startCli(['simulate', ...args], { cwd: workplace.folder }).ended;

  it('drills a bit run, plots it, and gives the same one again', async () => {
    const args = ['--preset', 'hard', '--policy', 'constant', '--plot', 'plots/run.svg'];
    const first = await simulate(...args);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toContain('rate_of_penetration');
    expect(first.stdout).toMatch(/ended by: (worn-out|twist-off|kick|loss|stuck)/);
    expect(await readFile(workplace.path('plots/run.svg'), 'utf8')).toContain('<svg');
    expect((await simulate(...args)).stdout).toBe(first.stdout);
  });

  it('writes run-to-failure data as Parquet, with remaining life', async () => {
    const { exitCode, stderr } = await simulate('--runs', '3', '--seed', '5', '--out', 'runs.parquet');
    expect(exitCode, stderr).toBe(0);
    const table = await readTable(workplace.path('runs.parquet'));
    expect(table.columns).toContain('remaining_useful_life');
    expect(Math.min(...table.column('remaining_useful_life'))).toBe(0);
  });
});

describe('bench rl and bench drilling', () => {
  const bench = async (...args: readonly string[]) => {
    const { exitCode, answer, stderr } = await startCli(['bench', ...args, '--no-files', '--json'], { cwd: workplace.folder }).ended; // prettier-ignore
    expect(exitCode, stderr).toBe(0);
    return answer;
  };

  it('trains the seeds that are asked for, and judges them', async () => {
    const { reports } = (await bench(
      'rl',
      '--env',
      'cartpole',
      '--seeds',
      '2',
      '--timesteps',
      '15000',
      '--jobs',
      '2',
    )) as {
      reports: { seeds: { seed: number; testReturns: number[] }[] }[];
    };
    expect(reports[0]!.seeds.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(Math.min(...reports[0]!.seeds[0]!.testReturns)).toBeGreaterThan(20);
  });

  it('compares an agent with rules in the same wells', async () => {
    await workplace.write('config/mlops_config.yaml', JSON.stringify({ ...tinySizes, training: { ...tinySizes.training, agents } })); // prettier-ignore
    const args = ['--preset', 'soft', '--agent', 'ppo', '--seeds', '1', '--timesteps', '5000', '--wells', '50'];
    const { reports } = (await bench('drilling', ...args)) as { reports: { results: { name: string }[] }[] };
    expect(reports[0]!.results.map(({ name }) => name)).toEqual(['random', 'best constant', "driller's rule", 'extremum seeking', 'ppo']); // prettier-ignore
  });

  it('trains with the same settings in processes of their own', async () => {
    const small = { ...agents, ppo: { ...agents.ppo, hidden: [8] } };
    await workplace.write('config/small.yaml', JSON.stringify({ ...tinySizes, training: { ...tinySizes.training, agents: small } })); // prettier-ignore
    const figures = async (config: string, jobs: string): Promise<unknown> => {
      const args = ['--config', config, '--preset', 'soft', '--agent', 'ppo', '--seeds', '2', '--timesteps', '5000'];
      const { reports } = (await bench('drilling', ...args, '--wells', '50', '--jobs', jobs, '--agents-only')) as {
        reports: { results: { figures: unknown }[] }[];
      };
      return reports[0]!.results.map((result) => result.figures);
    };
    const apart = await figures('config/small.yaml', '2');
    expect(apart).toEqual(await figures('config/small.yaml', '1'));
    expect(apart).not.toEqual(await figures('config/mlops_config.yaml', '1'));
  });
});
