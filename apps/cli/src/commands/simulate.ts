import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeBitRuns, writeUnitParquet, writeUnitTable } from '@i-drill/datasets';
import {
  constantRule,
  drillersRule,
  extremumSeeking,
  randomRule,
  recordRun,
  type FormationPreset,
  type RecordedRun,
  type SetPointRule,
} from '@i-drill/drilling';
import { Command, Option } from 'commander';
import { runLines, runSvg } from '../bench/run-plot.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { createOutput, type Output } from '../output.js';
import { positiveNumber, wholeNumber } from './common-flags.js';

const policies = ['constant', 'driller', 'extremum-seeking', 'random'] as const;

interface Flags {
  readonly preset: FormationPreset;
  readonly policy: (typeof policies)[number];
  readonly weight: number;
  readonly speed: number;
  readonly flow: number;
  readonly seed: number;
  readonly sensors: 'realistic' | 'ideal';
  readonly bit: 'drag' | 'roller-cone';
  readonly tripping?: boolean;
  readonly plot?: string;
  readonly runs?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `i-drill simulate` */
export function simulateCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('simulate')
    .description('drill a bit run in the simulator and plot it; with --runs, write run-to-failure data')
    .addOption(new Option('--preset <name>', 'wells').choices(['soft', 'mixed', 'hard']).default('mixed'))
    .addOption(new Option('--policy <name>', 'who chooses set-points').choices(policies).default('constant'))
    .option('--weight <kN>', 'constant: weight on bit', positiveNumber, 100)
    .option('--speed <rpm>', 'constant: rotary speed', positiveNumber, 110)
    .option('--flow <L/min>', 'constant: flow rate', positiveNumber, 2000)
    .option('--seed <n>', 'well, or first of the runs', wholeNumber(0), 1)
    .addOption(new Option('--sensors <kind>', 'what is shown').choices(['realistic', 'ideal']).default('realistic'))
    .addOption(new Option('--bit <kind>', 'kind of bit').choices(['drag', 'roller-cone']).default('drag'))
    .option('--tripping', 'begin and end at surface: run the bit in, pull it out when it is dull')
    .option('--plot <file>', 'write the plot as SVG too')
    .option('--runs <n>', 'make n bit runs to failure with remaining life instead, as a data set', wholeNumber(1))
    .option('--out <file>', 'of --runs: .parquet or .csv', 'bit-runs.parquet')
    .option('--json', 'answer as JSON on stdout')
    .action((flags: Flags) => {
      run(flags.runs === undefined ? simulate(flags) : writeRuns(flags, flags.runs));
    });
}

async function simulate(flags: Flags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const { preset, sensors, bit, seed, tripping = false } = flags;
  const recorded = recordRun({ preset, sensors, bit, tripping, maxSteps: 4000 }, seed, ruleOf(flags));
  if (flags.plot !== undefined) await writePlot(flags.plot, recorded, flags, output);
  output.answer({ preset, policy: flags.policy, ...recorded }, [...runLines(recorded), '', summary(recorded)]);
  return exitCodes.done;
}

function ruleOf({ policy, weight, speed, flow, seed }: Flags): SetPointRule {
  switch (policy) {
    case 'constant':
      return constantRule({ weight, speed, flow });
    case 'driller':
      return drillersRule();
    case 'extremum-seeking':
      return extremumSeeking();
    case 'random':
      return randomRule(seed);
  }
}

async function writePlot(
  path: string,
  recorded: RecordedRun,
  { preset, policy }: Flags,
  output: Output,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, runSvg(recorded, `${preset} well, ${policy}`));
  output.progress(`plot: ${path}`);
}

function summary({ result }: RecordedRun): string {
  const { drilledM, hours, cost, violations, end } = result;
  const perMetre = drilledM > 0 ? `${(cost / drilledM).toFixed(0)} USD/m` : 'nothing drilled';
  return `${drilledM.toFixed(0)} m in ${hours.toFixed(1)} h, ${perMetre}, ${violations} violations; ended by: ${end}`;
}

async function writeRuns({ preset: formation, seed, out = '', json }: Flags, count: number): Promise<ExitCode> {
  const output = createOutput({ json: json === true });
  const runs = makeBitRuns({ count, seed, formation });
  await (out.endsWith('.csv') ? writeUnitTable : writeUnitParquet)(out, runs);
  const rows = runs.segments.reduce((sum, segment) => sum + segment.rows, 0);
  output.answer({ path: out, units: count, rows }, [`${count} bit runs, ${rows} rows: ${out}`]);
  return exitCodes.done;
}
