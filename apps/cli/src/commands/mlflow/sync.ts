import type { Command } from 'commander';
import { isUnavailable, openMlflow, syncSpool, type SyncedRun, type SyncReport } from 'mlflow-client-ts';
import { openContext, type CommonFlags } from '../../context.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { commandWithCommonFlags } from '../common-flags.js';

type Flags = CommonFlags & { readonly spool?: string };

/** `i-drill mlflow sync` */
export function syncCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('sync', 'send what was logged while the server was down, in order and exactly once')
    .option('--spool <folder>', 'where it is kept; default: mlflow.spool_dir of the configuration')
    .action((flags: Flags) => {
      run(sync(flags));
    });
}

async function sync(flags: Flags): Promise<ExitCode> {
  const { config, output, trackingUri } = openContext(flags);
  const store = openMlflow({ trackingUri, env: process.env });
  const folder = flags.spool ?? config.mlflow.spool_dir;
  const report = await syncSpool(store, { folder });
  output.answer({ folder, trackingUri: store.trackingUri, ...report }, lines(report, folder));
  return exitCode(report);
}

function exitCode({ runs }: SyncReport): ExitCode {
  if (runs.some(({ error }) => isUnavailable(error))) return exitCodes.otherSystem;
  const isComplete = runs.every(({ status, rejected }) => status === 'complete' && rejected.length === 0);
  return isComplete ? exitCodes.done : exitCodes.answerIsNo;
}

function lines({ runs, shipped }: SyncReport, folder: string): string[] {
  if (runs.length === 0) return [`nothing waits in ${folder}`];
  return [...runs.flatMap(runLines), `${shipped} operations of ${runs.length} runs sent`];
}

function runLines({ status, folder, runId, shipped, remaining, rejected, trackingUri, error }: SyncedRun): string[] {
  const name = runId === undefined ? folder : `run ${runId}`;
  return [
    `${name}: ${statusWords[status]}; ${shipped} sent, ${remaining} waiting, ${rejected.length} refused${
      status === 'otherStore' ? ` (of ${trackingUri ?? 'another store'})` : ''
    }`,
    ...(error === undefined ? [] : [`  ${error.message}`]),
    ...rejected.map(({ reason }) => `  refused: ${reason}; it is kept in ${folder}/rejected.jsonl`),
  ];
}

const statusWords: Readonly<Record<SyncedRun['status'], string>> = {
  complete: 'complete',
  waiting: 'waits for the store',
  live: 'is being sent by the process that logs it',
  otherStore: 'belongs to another store',
  corrupt: 'cannot be read',
};
