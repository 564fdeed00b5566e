/**
 * How fast agents learn on one thread: PPO on CartPole in environment steps per second, collecting and learning included, and SAC
 * in gradient steps per second; beside the same loops in PyTorch and stable-baselines3, where `tools/torch/ensure-venv.sh` has been run
 * (and `pip install stable-baselines3` in that environment). All take turns in the same run.
 *
 *   npx nx run @i-drill/training:bench-agents
 *
 * `--short` for a quick look, `--write docs/benchmarks/agent-speed.md` to put the table into that page.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cartPole, pendulum, vectorEnvironment } from '@i-drill/environments';
import { agentPlan, agentRecipes, createTrainer, type AgentTrainer } from '../src/agents.js';

const { values: flags } = parseArgs({
  options: { short: { type: 'boolean', default: false }, write: { type: 'string' } },
});
const rounds = flags.short ? 1 : 3;
const ppoSteps = flags.short ? 4096 : 51_200;
const peerSteps = flags.short ? 1024 : 5120;
const updates = flags.short ? 100 : 1000;
const python = join(process.env['TORCH_VENV'] ?? join(import.meta.dirname, '../../../.venv/torch'), 'bin/python');
const versions: Record<string, string> = { node: process.versions.node };

/** Times one piece of work; a rate per second. */
type Measure = () => Promise<number | undefined>;

interface Race {
  readonly title: string;
  readonly contestants: Readonly<Record<string, Measure>>;
}

async function timed(trainer: AgentTrainer, until: number): Promise<number> {
  const [begun, before] = [performance.now(), trainer.timesteps];
  while (trainer.timesteps < until) await trainer.iterate();
  return (trainer.timesteps - before) / ((performance.now() - begun) / 1000);
}

function ownPpo(): Promise<number> {
  const plan = agentPlan('ppo', { ...agentRecipes['CartPole-v1']!.ppo, seed: 1 });
  return timed(createTrainer(plan, vectorEnvironment(cartPole, plan.settings.environments)), ppoSteps);
}

/** One environment step and one update at a time, as stable-baselines3 does. */
async function ownSac(width: number): Promise<number> {
  const plan = agentPlan('sac', { ...agentRecipes['Pendulum-v1']!.sac, hidden: [width, width], seed: 1 });
  const trainer = createTrainer(plan, vectorEnvironment(pendulum, 1));
  await trainer.iterate(); // 100 steps without learning
  return timed(trainer, 100 + updates);
}

function peer(...args: readonly (string | number)[]): Measure {
  return () => {
    if (!existsSync(python)) return Promise.resolve(undefined);
    const script = join(import.meta.dirname, 'agent_peer.py');
    try {
      const text = execFileSync(python, [script, ...args.map(String)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const answer = JSON.parse(text.trim().split('\n').at(-1)!) as {
        perSecond: number;
        versions: Record<string, string>;
      };
      Object.assign(versions, answer.versions);
      return Promise.resolve(answer.perSecond);
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      if (stderr?.includes("No module named 'stable_baselines3'") === true) return Promise.resolve(undefined);
      throw error;
    }
  };
}

const races: Race[] = [
  {
    title: 'PPO, CartPole, 8 places, 20 epochs of 256 rows: environment steps/s',
    contestants: {
      'i-drill': ownPpo,
      PyTorch: peer('ppo', peerSteps),
      'stable-baselines3': peer('sb3-ppo', peerSteps),
    },
  },
  ...[64, 256].map((width) => ({
    title: `SAC, ${width}-${width}, batch 256: updates/s`,
    contestants: {
      'i-drill': () => ownSac(width),
      PyTorch: peer('sac', width, updates),
      'stable-baselines3': peer('sb3-sac', width, updates),
    },
  })),
];

/** The best rate of each contestant, all taking turns. */
async function bestOf(contestants: Race['contestants']): Promise<Record<string, number>> {
  const best: Record<string, number> = {};
  for (let turn = 0; turn < rounds * Object.keys(contestants).length; turn++) {
    const [name, measure] = Object.entries(contestants)[turn % Object.keys(contestants).length]!;
    const rate = await measure();
    if (rate !== undefined) best[name] = Math.max(best[name] ?? 0, rate);
  }
  return best;
}

const rows: string[][] = [];
for (const { title, contestants } of races) {
  const best = await bestOf(contestants);
  const text = (name: string): string => (best[name] === undefined ? '-' : Math.round(best[name]).toLocaleString('en'));
  const ratio = (name: string): string => (best[name] === undefined ? '-' : (best['i-drill']! / best[name]).toFixed(2));
  const peers = ['PyTorch', 'stable-baselines3'].flatMap((name) => [text(name), ratio(name)]);
  rows.push([title, text('i-drill'), ...peers]);
  console.log(rows.at(-1)!.join(' | '));
}
if (!existsSync(python)) console.log('PyTorch is not there: run tools/torch/ensure-venv.sh to compare.');

const table = [
  '| what | i-drill | PyTorch | times | stable-baselines3 | times |',
  '| --- | --: | --: | --: | --: | --: |',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
  `Best of ${rounds} rounds in turns, one thread each. ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores; ${Object.entries(versions).map((entry) => entry.join(' ')).join(', ')}.`, // prettier-ignore
];
console.log(table.join('\n'));
if (flags.write !== undefined) {
  const page = readFileSync(flags.write, 'utf8');
  const marks = /(<!-- measured -->\n)[^]*(\n<!-- end -->)/;
  writeFileSync(
    flags.write,
    page.replace(marks, (_, start: string, end: string) => `${start}\n${table.join('\n')}\n${end}`),
  );
}
