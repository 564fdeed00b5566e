import type { Command } from 'commander';
import { openMlflow, syncSpool, type SyncedRun, type SyncReport } from 'mlflow-client-ts';
import { openContext, type CommonFlags } from '../../context.js';
import type { ExitCode } from '../../exit-code.js';
import { commandWithCommonFlags } from '../common-flags.js';
import { syncExitCode } from './sync-exit-code.js';

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
  return syncExitCode(report);
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
  live: 'is being sent by another process (one of another machine counts as dead after 15 minutes of silence)',
  otherStore: 'belongs to another store',
  corrupt: 'cannot be read',
};
