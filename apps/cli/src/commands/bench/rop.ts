import { loadConfig } from '@i-drill/config';
import { modelTypes, type BackendName, type ModelType } from '@i-drill/training';
import { Command, Option } from 'commander';
import { runRopBench } from '../../bench/rop-bench.js';
import { writeRopReport } from '../../bench/rop-files.js';
import { ropDatasets, type RopDataset } from '../../bench/rop-protocol.js';
import { ropGoals, wellsByRule } from '../../bench/rop-report.js';
import { ensembleMean, ropTable } from '../../bench/rop-table.js';
import { plainTable } from '../../bench/table.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { createOutput } from '../../output.js';
import { positiveNumber, wholeNumber } from '../common-flags.js';

interface Flags {
  readonly config: string;
  readonly data?: string;
  readonly dataset: RopDataset;
  readonly well?: string[];
  readonly modelType: ModelType | 'all';
  readonly seeds: number;
  readonly backend?: BackendName;
  readonly out: string;
  readonly files: boolean;
  readonly maxMae?: number;
  readonly json?: boolean;
}

/** The folder of the published page. */
const page = 'docs/benchmarks';
const declaredSeeds = 3;

/** `i-drill bench rop` */
export function ropCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('rop')
    .description('rate of penetration: learn a well down to a depth, predict what comes next, go on')
    .option('--config <file>', 'configuration, for the data folder', 'config/mlops_config.yaml')
    .option('--data <folder>', 'folder with usrop and utah_forge_58_32; default: from the configuration')
    .addOption(new Option('--dataset <name>', 'wells').choices(ropDatasets).default('usrop'))
    .option('--well <name...>', 'only these wells (a shortened run)')
    .addOption(new Option('--model-type <type>', 'kind of model').choices([...modelTypes, 'all']).default('all'))
    .option('--seeds <n>', 'seeds 1 to n, each a training of its own', wholeNumber(1), declaredSeeds)
    .addOption(
      new Option('--backend <name>', 'default: WebAssembly').choices(['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu']),
    )
    .option(
      '--out <folder>',
      'where results and page are written; a shortened run only where another folder is named',
      page,
    )
    .option('--no-files', 'write no files')
    .option('--max-mae <m/h>', 'exit 1 when the mean error over the wells lies above', positiveNumber)
    .option('--json', 'answer as JSON on stdout')
    .action((flags: Flags) => {
      run(rop(flags));
    });
}

async function rop(flags: Flags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const report = await runRopBench(
    {
      data: flags.data ?? loadConfig({ path: flags.config, env: process.env }).data.directory,
      dataset: flags.dataset,
      ...(flags.well === undefined ? {} : { wells: flags.well }),
      modelTypes: flags.modelType === 'all' ? modelTypes : [flags.modelType],
      seeds: Array.from({ length: flags.seeds }, (_, i) => i + 1),
      // Networks this small spend their time on calls, which cost least here.
      backend: flags.backend ?? 'wasm',
    },
    output,
  );
  if (flags.files && (isComplete(flags) || flags.out !== page)) await writeRopReport(flags.out, report);
  const error = ensembleMean(wellsByRule(report.wells, 'length'));
  const goal = ropGoals[report.dataset];
  output.answer({ report, error, goal }, [
    ...plainTable(ropTable(report)),
    '',
    `Mean absolute error of all networks: ${error.toFixed(2)} m/h; goal: below ${goal} m/h`,
  ]);
  return error <= (flags.maxMae ?? Infinity) ? exitCodes.done : exitCodes.answerIsNo;
}

/** Whether the declared protocol is followed in full. */
function isComplete({ well, modelType, seeds }: Flags): boolean {
  return well === undefined && modelType === 'all' && seeds >= declaredSeeds;
}
