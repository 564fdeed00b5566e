import {
  bestConstant,
  constantRule,
  drillersRule,
  drillingModel,
  extremumSeeking,
  randomRule,
  runWells,
  wellFigures,
  type FormationPreset,
  type ScreenSetPoint,
  type WellFigures,
  type WellResult,
} from '@i-drill/drilling';
import { vectorEnvironment } from '@i-drill/environments';
import type { AgentsConfig } from '@i-drill/config';
import {
  createPolicyRunner,
  createTrainer,
  trainAgent,
  type AgentPlan,
  type AgentType,
  type Policy,
} from '@i-drill/training/agents';
import type { Output } from '../output.js';
import { plannedAgent } from '../wiring/agent-plan.js';
import { gitCommit } from '../wiring/provenance.js';
import { systemClock } from '../wiring/system-clock.js';
import { drillingProtocol, firstWells } from './drilling-protocol.js';
import { inTurns } from './in-turns.js';
import { jsonFromProcess, ownCommand } from './json-process.js';
import { machine, type Machine } from './machine.js';

/** What of the benchmark is run. */
export interface DrillingBenchOptions {
  readonly presets: readonly FormationPreset[];
  readonly agents: readonly AgentType[];
  readonly seeds: readonly number[];
  readonly testWells: number;
  readonly timesteps?: number;
  readonly config: AgentsConfig;
  /** Where `config` is from: trainings in processes of their own read it again. */
  readonly configPath: string;
  readonly jobs: number;
  readonly withRules: boolean;
}

/** A way to drill, judged. */
export interface DrillingResult {
  readonly name: string;
  readonly figures: WellFigures;
  /** Of an agent: its seed, the seconds it learned, and its score over the steps. */
  readonly training?: {
    readonly seed: number;
    readonly seconds: number;
    readonly keptAt: number;
    readonly curve: readonly { readonly timesteps: number; readonly score: number }[];
  };
  /** Of a constant set-point. */
  readonly setPoint?: ScreenSetPoint;
}

/** All of one preset. */
export interface DrillingReport {
  readonly benchmark: 'drilling';
  readonly preset: FormationPreset;
  readonly testWells: number;
  readonly shortened: boolean;
  readonly settings: Partial<Record<AgentType, AgentPlan['settings']>>;
  readonly revision: string;
  readonly machine: Machine;
  readonly results: readonly DrillingResult[];
}

/** Judges rules, then trains and judges agents, preset by preset. */
export async function runDrillingBench(options: DrillingBenchOptions, output: Output): Promise<DrillingReport[]> {
  const parts = options.presets.flatMap((preset) => options.agents.flatMap((agent) => options.seeds.map((seed) => ({ preset, agent, seed })))); // prettier-ignore
  const elsewhere = options.jobs > 1 && parts.length > 1;
  const trained = await inTurns(parts, options.jobs, async (part) => {
    const result = await (elsewhere ? agentElsewhere(part, options) : agentHere(part, options, output));
    output.progress(`${part.preset} ${lineOf(result)}`);
    return { ...part, result };
  });
  return options.presets.map((preset) => {
    const rules = options.withRules ? ruleResults(preset, options) : [];
    for (const rule of rules) output.progress(`${preset} ${lineOf(rule)}`);
    const agents = trained.filter((each) => each.preset === preset).map(({ result }) => result);
    return reportOf(preset, options, [...rules, ...agents]);
  });
}

interface Part {
  readonly preset: FormationPreset;
  readonly agent: AgentType;
  readonly seed: number;
}

function reportOf(
  preset: FormationPreset,
  options: DrillingBenchOptions,
  results: readonly DrillingResult[],
): DrillingReport {
  const settings = options.agents.map((agent) => [agent, { ...planOf({ preset, agent, seed: 0 }, options).settings }]);
  return {
    benchmark: 'drilling',
    preset,
    testWells: options.testWells,
    shortened: options.timesteps !== undefined || options.testWells < drillingProtocol.testWells,
    settings: Object.fromEntries(settings) as DrillingReport['settings'],
    revision: gitCommit(),
    machine: machine('kernels'),
    results,
  };
}

function planOf({ agent, seed }: Part, { config, timesteps }: DrillingBenchOptions): AgentPlan {
  return plannedAgent(agent, config, {
    flags: { seed, ...(timesteps === undefined ? {} : { timesteps }) },
    env: {},
    seed,
  });
}

function ruleResults(preset: FormationPreset, { testWells }: DrillingBenchOptions): DrillingResult[] {
  const { weight, speed, flow } = bestConstant(
    { preset, maxSteps: longestRun },
    wells('search', Math.min(drillingProtocol.searchWells, testWells)),
    (results) => -costPerMetre(results),
  );
  const setPoint = { weight, speed, flow };
  const rules = [randomRule(1), constantRule(setPoint), drillersRule(), extremumSeeking()];
  return rules.map((rule) => ({
    name: rule.name === 'constant' ? 'best constant' : rule.name,
    figures: wellFigures(runWells({ preset, maxSteps: longestRun }, wells('test', testWells), rule.start(testWells))),
    ...(rule.name === 'constant' ? { setPoint } : {}),
  }));
}

const longestRun = 4000;

function wells(purpose: keyof typeof firstWells, count: number): number[] {
  return Array.from({ length: count }, (_, i) => firstWells[purpose] + i);
}

function costPerMetre(results: readonly WellResult[]): number {
  const sum = (of: (well: WellResult) => number): number => results.reduce((total, well) => total + of(well), 0);
  return sum(({ cost }) => cost) / sum(({ drilledM }) => drilledM);
}

async function agentHere(part: Part, options: DrillingBenchOptions, output: Output): Promise<DrillingResult> {
  const { preset, agent, seed } = part;
  const plan = planOf(part, options);
  const model = drillingModel({ preset, risk: 'expected' });
  const selection = wells('selection', drillingProtocol.selectionWells);
  const { best, history } = await trainAgent({
    trainer: createTrainer(plan, vectorEnvironment(model, plan.settings.environments)),
    timesteps: plan.settings.timesteps,
    evaluate: (policy) => meanReturn(drill(policy, preset, selection)),
    evaluateEvery: plan.settings.timesteps / drillingProtocol.evaluations,
    recipe: JSON.stringify(plan),
    clock: systemClock,
    onProgress: ({ timesteps, score }) => {
      output.progress(`  ${timesteps} steps: mean return ${score.toFixed(2)} k$`);
    },
  });
  return {
    name: agent,
    figures: wellFigures(drill(best.policy, preset, wells('test', options.testWells))),
    training: {
      seed,
      seconds: history.reduce((sum, { secondsLearning }) => sum + secondsLearning, 0),
      keptAt: best.timesteps,
      curve: history.map(({ timesteps, score }) => ({ timesteps, score })),
    },
  };
}

function drill(policy: Policy, preset: FormationPreset, seeds: readonly number[]): WellResult[] {
  const runner = createPolicyRunner(policy, seeds.length);
  return runWells({ preset, maxSteps: longestRun }, seeds, (observations) => runner.act(observations, seeds.length));
}

function meanReturn(results: readonly WellResult[]): number {
  return results.reduce((sum, well) => sum + well.return, 0) / results.length;
}

async function agentElsewhere(
  { preset, agent, seed }: Part,
  { testWells, timesteps, configPath }: DrillingBenchOptions,
): Promise<DrillingResult> {
  const shorter = timesteps === undefined ? {} : { timesteps };
  const flags = Object.entries({ config: configPath, preset, agent, seed, wells: testWells, ...shorter });
  const given = flags.flatMap(([name, value]) => [`--${name}`, String(value)]);
  const command = ['bench', 'drilling', ...given, '--agents-only', '--no-files', '--json'];
  const answer = (await jsonFromProcess(ownCommand(command))) as { reports: DrillingReport[] };
  return answer.reports[0]!.results[0]!;
}

function lineOf({ name, training, figures: { costPerM, violations } }: DrillingResult): string {
  const seed = training === undefined ? '' : ` seed ${training.seed}`;
  return `${name}${seed}: ${costPerM.value.toFixed(1)} USD/m, ${violations.value.toFixed(1)} violations/km`;
}
