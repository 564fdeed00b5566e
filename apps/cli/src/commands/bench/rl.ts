import { agentTypes, type AgentType } from '@i-drill/training/agents';
import { Command, Option } from 'commander';
import { runRlBench } from '../../bench/rl-bench.js';
import { writeRlReports } from '../../bench/rl-files.js';
import { rlTable } from '../../bench/rl-page.js';
import { rlEnvironments, rlProtocol, type RlEnvironment } from '../../bench/rl-protocol.js';
import { goalResult, isCompleteRl, returnSpread } from '../../bench/rl-report.js';
import { plainTable } from '../../bench/table.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { createOutput } from '../../output.js';
import { anyNumber, wholeNumber } from '../common-flags.js';

interface Flags {
  readonly env: RlEnvironment | 'all';
  readonly agent: AgentType | 'all';
  readonly seeds: number;
  readonly seed?: number;
  readonly timesteps?: number;
  readonly jobs: number;
  readonly out: string;
  readonly files: boolean;
  readonly minReturn?: number;
  readonly json?: boolean;
}

/** `i-drill bench rl` */
export function rlCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('rl')
    .description(
      'agents in reference environments: train by recipe, judge on unseen episodes, compare with published returns',
    )
    .addOption(new Option('--env <name>', 'environment').choices([...rlEnvironments, 'all']).default('cartpole'))
    .addOption(
      new Option('--agent <type>', 'algorithm, where there is a recipe').choices([...agentTypes, 'all']).default('all'),
    )
    .option('--seeds <n>', 'seeds 1 to n, each a training of its own', wholeNumber(1), rlProtocol.seeds)
    .option('--seed <n>', 'this seed only', wholeNumber(0))
    .option('--timesteps <n>', 'other than declared (a shortened run)', wholeNumber(1))
    .option('--jobs <n>', 'trainings at the same time, each in a process of its own', wholeNumber(1), 1)
    .option('--out <folder>', 'where results, page and figures of complete runs are written', 'docs/benchmarks')
    .option('--no-files', 'write no files')
    .option('--min-return <x>', 'exit 1 when a median mean return lies below', anyNumber)
    .option('--json', 'answer as JSON on stdout')
    .action((flags: Flags) => {
      run(rl(flags));
    });
}

async function rl(flags: Flags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const { timesteps } = flags;
  const reports = await runRlBench(
    {
      environments: flags.env === 'all' ? rlEnvironments : [flags.env],
      agents: flags.agent === 'all' ? agentTypes : [flags.agent],
      seeds: flags.seed === undefined ? Array.from({ length: flags.seeds }, (_, i) => i + 1) : [flags.seed],
      ...(timesteps === undefined ? {} : { timesteps }),
      jobs: flags.jobs,
    },
    output,
  );
  const complete = reports.filter(isCompleteRl);
  if (flags.files && complete.length > 0) await writeRlReports(flags.out, complete);
  const goals = reports.map((report) => goalResult(report));
  output.answer({ reports, goals }, [
    ...plainTable(rlTable(reports)),
    ...(complete.length === reports.length ? [] : ['', 'A shortened run: its figures are no evidence.']),
  ]);
  const least = flags.minReturn ?? -Infinity;
  return reports.every((report) => returnSpread(report).median >= least) ? exitCodes.done : exitCodes.answerIsNo;
}
