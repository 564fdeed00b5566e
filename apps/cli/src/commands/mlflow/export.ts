import { InvalidArgumentError, type Command } from 'commander';
import { exportStore, openMlflow, type ExportReport } from 'mlflow-client-ts';
import { openContext, type CommonFlags } from '../../context.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { commandWithCommonFlags } from '../common-flags.js';

type Flags = CommonFlags & { readonly to: string; readonly includeDeleted?: boolean };

/** `i-drill mlflow export` */
export function exportCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags(
    'export',
    'replay a whole store to a server; run again after an interruption, it goes on',
  )
    .requiredOption('--to <uri>', 'the server, http(s)://…', serverAddress)
    .option('--include-deleted', 'deleted runs too')
    .action((flags: Flags) => {
      run(exportAll(flags));
    });
}

function serverAddress(text: string): string {
  if (/^https?:\/\//i.test(text)) return text;
  throw new InvalidArgumentError('the address of an MLflow server is expected, http(s)://host:port');
}

async function exportAll(flags: Flags): Promise<ExitCode> {
  const { output, trackingUri } = openContext(flags);
  const from = openMlflow({ trackingUri, env: process.env });
  const to = openMlflow({ trackingUri: flags.to, env: process.env });
  const report = await exportStore(from, to, {
    includeDeleted: flags.includeDeleted === true,
    onProgress: ({ kind, name }) => {
      output.progress(`  ${kind} ${name}`);
    },
  });
  output.answer({ from: from.trackingUri, to: to.trackingUri, ...report }, lines(report, to.trackingUri));
  return report.problems.length === 0 ? exitCodes.done : exitCodes.answerIsNo;
}

function lines({ exported, present, problems }: ExportReport, target: string): string[] {
  return [
    `${target} has ${exported.runs} more runs in ${exported.experiments} new experiments: ${exported.metricPoints} metric points, ${exported.artifacts} files (${exported.artifactBytes} bytes)`,
    `${exported.loggedModels} more logged models; ${exported.modelVersions} more versions, ${exported.registeredModels} new registered models`,
    `there before: ${present.runs} runs, ${present.loggedModels} logged models, ${present.modelVersions} versions`,
    ...problems.map(({ what, reason }) => `not as it was: ${what}: ${reason}`),
  ];
}
