import { join } from 'node:path';
import { Command, Option } from 'commander';
import { loadConfig } from '@i-drill/config';
import { cmapssSubsets, type CmapssSubset } from '@i-drill/datasets';
import { modelTypes, type BackendName, type ModelType } from '@i-drill/training';
import { withFormerSeeds, writeReports } from '../../bench/report-files.js';
import { rulProtocol } from '../../bench/rul-protocol.js';
import { runRulBench, type RulBenchOptions } from '../../bench/rul-bench.js';
import { isComplete, isShortened, markSpread, rulReport, type RulReport } from '../../bench/rul-report.js';
import { publishedTable, rulTable } from '../../bench/rul-table.js';
import { plainTable } from '../../bench/table.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { createOutput } from '../../output.js';
import { positiveNumber, wholeNumber } from '../common-flags.js';

interface Flags {
  readonly config: string;
  readonly data?: string;
  readonly subset: CmapssSubset | 'all';
  readonly modelType: ModelType | 'all';
  readonly seeds: number;
  readonly seed?: number;
  readonly epochs?: number;
  readonly limitUnits?: number;
  readonly backend?: BackendName;
  readonly jobs: number;
  readonly out: string;
  readonly add?: boolean;
  readonly maxRmse?: number;
  readonly json?: boolean;
}

/** `i-drill bench rul` */
export function rulCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('rul')
    .description('remaining useful life on C-MAPSS: train, score the last cycle of every test engine')
    .option('--config <file>', 'configuration, for the data folder', 'config/mlops_config.yaml')
    .option('--data <folder>', 'folder with the files of C-MAPSS; default: from the configuration')
    .addOption(new Option('--subset <name>', 'subset').choices([...cmapssSubsets, 'all']).default('FD001'))
    .addOption(
      new Option('--model-type <type>', 'kind of model').choices([...modelTypes, 'all']).default('transformer'),
    )
    .option('--seeds <n>', 'seeds 1 to n, each a training of its own', wholeNumber(1), rulProtocol.seeds)
    .option('--seed <n>', 'this seed only', wholeNumber(1))
    .option('--epochs <n>', 'fewer epochs than declared (a shortened run)', wholeNumber(1))
    .option('--limit-units <n>', 'only the first n engines (a shortened run)', wholeNumber(10))
    .addOption(
      new Option('--backend <name>', 'default: the fastest there is').choices([
        'tfjs-node-gpu',
        'tfjs-node',
        'wasm',
        'cpu',
      ]),
    )
    .option('--jobs <n>', 'trainings at the same time, each in a process of its own', wholeNumber(1), 1)
    .option('--out <folder>', 'where results, page and figures of complete runs are written', 'docs/benchmarks')
    .option('--add', 'add the seeds to those of the same recipe in --out, and write them even if some are missing')
    .option('--max-rmse <cycles>', 'exit 1 when a median capped RMSE lies above', positiveNumber)
    .option('--json', 'answer as JSON on stdout')
    .action((flags: Flags) => {
      run(rul(flags));
    });
}

async function rul(flags: Flags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const options = benchOptions(flags);
  if (flags.add === true) await withFormerSeeds(flags.out, emptyReports(options)); // refused before hours of training
  const reports = await runRulBench(options, output);
  await writeReports(flags.out, await reportsToKeep(flags, reports));
  output.answer({ reports }, answerLines(reports));
  return reports.every((report) => isGoodEnough(report, flags.maxRmse)) ? exitCodes.done : exitCodes.answerIsNo;
}

function benchOptions(flags: Flags): RulBenchOptions {
  const { epochs, limitUnits, backend } = flags;
  return {
    data: flags.data ?? join(loadConfig({ path: flags.config, env: process.env }).data.directory, 'cmapss'),
    subsets: flags.subset === 'all' ? cmapssSubsets : [flags.subset],
    modelTypes: flags.modelType === 'all' ? modelTypes : [flags.modelType],
    seeds: flags.seed === undefined ? Array.from({ length: flags.seeds }, (_, i) => i + 1) : [flags.seed],
    shortened: { ...(epochs === undefined ? {} : { epochs }), ...(limitUnits === undefined ? {} : { limitUnits }) },
    ...(backend === undefined ? {} : { backend }),
    jobs: flags.jobs,
  };
}

function emptyReports({ subsets, modelTypes: types, shortened }: RulBenchOptions): RulReport[] {
  return subsets.flatMap((subset) => types.map((modelType) => rulReport({ subset, modelType, shortened, seeds: [] })));
}

async function reportsToKeep({ add, out }: Flags, reports: readonly RulReport[]): Promise<readonly RulReport[]> {
  if (add !== true) return reports.filter(isComplete);
  return (await withFormerSeeds(out, reports)).filter((report) => !isShortened(report));
}

function isGoodEnough(report: RulReport, maxRmse = Infinity): boolean {
  return markSpread(report, 'rmseCapped').median <= maxRmse;
}

function answerLines(reports: readonly RulReport[]): string[] {
  const subsets = [...new Set(reports.map(({ subset }) => subset))];
  return [
    ...subsets.flatMap((subset) => [subset, ...plainTable(rulTable(subset, reports)), '']),
    'Published RMSE; papers differ in whether true lives of test engines are cut:',
    ...plainTable(publishedTable()),
    ...(reports.every(isComplete) ? [] : ['', 'A shortened run: its figures are no evidence.']),
  ];
}
