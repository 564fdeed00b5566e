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
