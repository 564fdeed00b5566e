import type { AgentType } from '@i-drill/training/agents';
import type { Output } from '../output.js';
import { gitCommit } from '../wiring/provenance.js';
import { inTurns } from './in-turns.js';
import { jsonFromProcess, ownCommand } from './json-process.js';
import { machine } from './machine.js';
import { rlProtocol, type RlEnvironment } from './rl-protocol.js';
import { testReturn, type RlReport } from './rl-report.js';
import { rlPlan, runRlSeed } from './rl-run.js';

/** What of the benchmark is run. */
export interface RlBenchOptions {
  readonly environments: readonly RlEnvironment[];
  readonly agents: readonly AgentType[];
  readonly seeds: readonly number[];
  readonly timesteps?: number;
  /** Seeds trained at the same time, each in a process of its own where it is more than 1. */
  readonly jobs: number;
}

interface Part {
  readonly environment: RlEnvironment;
  readonly agent: AgentType;
  readonly seed: number;
}

/** Trains and judges everything that is asked for and has a recipe; one report per agent and environment. */
export async function runRlBench(options: RlBenchOptions, output: Output): Promise<RlReport[]> {
  const { environments, agents, seeds, jobs, timesteps } = options;
  const pairs = environments
    .flatMap((environment) => agents.map((agent) => ({ environment, agent })))
    .filter((pair) => rlPlan({ ...pair, seed: 0 }) !== undefined);
  const parts = pairs.flatMap((pair) => seeds.map((seed) => ({ ...pair, seed })));
  const elsewhere = jobs > 1 && parts.length > 1;
  const reports = await inTurns(parts, jobs, async (part) => {
    const report = await (elsewhere ? partElsewhere(part, timesteps) : partHere(part, timesteps, output));
    output.progress(partLine(report));
    return report;
  });
  return pairs.map(({ environment, agent }) => {
    const own = reports.filter((report) => report.environment === environment && report.agent === agent);
    return { ...own[0]!, seeds: own.flatMap((report) => report.seeds) };
  });
}

async function partHere(part: Part, timesteps: number | undefined, output: Output): Promise<RlReport> {
  const request = { ...part, ...(timesteps === undefined ? {} : { timesteps }) };
  const plan = rlPlan(request)!; // pairs without a recipe have been left out
  const seed = await runRlSeed(
    {
      ...request,
      onProgress: ({ timesteps: done, score }) => {
        output.progress(`  ${done} steps: mean return ${score.toFixed(1)}`);
      },
    },
    plan,
  );
  return {
    benchmark: 'rl',
    environment: part.environment,
    agent: part.agent,
    settings: { ...plan.settings, seed: 0 },
    protocol: rlProtocol,
    revision: gitCommit(),
    machine: machine('kernels'),
    shortened: timesteps !== undefined,
    seeds: [seed],
  };
}

async function partElsewhere({ environment, agent, seed }: Part, timesteps: number | undefined): Promise<RlReport> {
  const flags = ['--env', environment, '--agent', agent, '--seed', String(seed), '--no-files', '--json'];
  const shorter = timesteps === undefined ? [] : ['--timesteps', String(timesteps)];
  const answer = (await jsonFromProcess(ownCommand(['bench', 'rl', ...flags, ...shorter]))) as { reports: RlReport[] };
  return answer.reports[0]!;
}

function partLine({ environment, agent, seeds: [result] }: RlReport): string {
  const { seed, seconds, timesteps } = result!;
  const pace = Math.round(timesteps / seconds);
  return `${environment} ${agent} seed ${seed}: mean return ${testReturn(result!).toFixed(1)}, ${pace} steps/s`;
}
