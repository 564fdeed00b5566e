import { loadConfig } from '@i-drill/config';
import type { FormationPreset } from '@i-drill/drilling';
import { agentTypes, type AgentType } from '@i-drill/training/agents';
import { Command, Option } from 'commander';
import { runDrillingBench } from '../../bench/drilling-bench.js';
import { writeDrillingReports } from '../../bench/drilling-files.js';
import { drillingTable, provenPresets } from '../../bench/drilling-page.js';
import { drillingProtocol } from '../../bench/drilling-protocol.js';
import { plainTable } from '../../bench/table.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { createOutput } from '../../output.js';
import { wholeNumber } from '../common-flags.js';

interface Flags {
  readonly config: string;
  readonly preset: FormationPreset | 'all';
  readonly agent: AgentType | 'all';
  readonly seeds: number;
  readonly seed?: number;
  readonly timesteps?: number;
  readonly wells: number;
  readonly jobs: number;
  readonly agentsOnly?: boolean;
  readonly out: string;
  readonly files: boolean;
  readonly json?: boolean;
}

/** `i-drill bench drilling` */
export function drillingCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('drilling')
    .description(
      'agents that drill, against random, the best constant set-point, a driller and extremum seeking, in unseen wells',
    )
    .option('--config <file>', 'configuration, for the settings of the agents', 'config/mlops_config.yaml')
    .addOption(new Option('--preset <name>', 'wells').choices([...drillingProtocol.presets, 'all']).default('all'))
    .addOption(new Option('--agent <type>', 'algorithm').choices([...agentTypes, 'all']).default('all'))
    .option('--seeds <n>', 'seeds 1 to n, each a training of its own', wholeNumber(1), drillingProtocol.seeds)
    .option('--seed <n>', 'this seed only', wholeNumber(0))
    .option('--timesteps <n>', 'other than configured (a shortened run)', wholeNumber(1))
    .option(
      '--wells <n>',
      'test wells; fewer than declared is a shortened run',
      wholeNumber(20),
      drillingProtocol.testWells,
    )
    .option('--jobs <n>', 'trainings at the same time, each in a process of its own', wholeNumber(1), 1)
    .option('--agents-only', 'leave the rules out')
    .option('--out <folder>', 'where results, page and figures of complete runs are written', 'docs/benchmarks')
    .option('--no-files', 'write no files')
    .option('--json', 'answer as JSON on stdout')
    .action((flags: Flags) => {
      run(drilling(flags));
    });
}

async function drilling(flags: Flags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const { timesteps } = flags;
  const reports = await runDrillingBench(
    {
      presets: flags.preset === 'all' ? drillingProtocol.presets : [flags.preset],
      agents: flags.agent === 'all' ? agentTypes : [flags.agent],
      seeds: flags.seed === undefined ? Array.from({ length: flags.seeds }, (_, i) => i + 1) : [flags.seed],
      testWells: flags.wells,
      ...(timesteps === undefined ? {} : { timesteps }),
      config: loadConfig({ path: flags.config, env: process.env }).training.agents,
      configPath: flags.config,
      jobs: flags.jobs,
      withRules: flags.agentsOnly !== true,
    },
    output,
  );
  const isComplete = !reports.some(({ shortened }) => shortened) && flags.agentsOnly !== true;
  if (flags.files && isComplete) await writeDrillingReports(flags.out, reports);
  output.answer({ reports, proven: provenPresets(reports) }, [
    ...reports.flatMap((report) => [`${report.preset} wells`, ...plainTable(drillingTable(report)), '']),
    ...(isComplete ? [] : ['A shortened run: its figures are no evidence.']),
  ]);
  return exitCodes.done;
}
