import type { Command } from 'commander';
import type { MonitoringReport } from '@i-drill/monitoring';
import { openContext, type CommandContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { lastHours, monitoringLines, monitorStep } from '../steps/monitor-step.js';
import { commandWithCommonFlags, positiveNumber, withVersionFlags } from './common-flags.js';
import { chosenVersion, type VersionFlags } from './version-choice.js';

type Flags = CommonFlags &
  VersionFlags & { readonly windowHours?: number; readonly continuous?: boolean; readonly interval: number };

/** `i-drill monitor` */
export function monitorCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags(
    'monitor',
    'check a time window of live predictions (exit 0 only when healthy; unknown is 1)',
  );
  return withVersionFlags(command, 'the one in Production')
    .option('--window-hours <hours>', 'length of the window; default: from the configuration', positiveNumber)
    .option('--continuous', 'check again and again until Ctrl-C')
    .option('--interval <seconds>', 'pause between two checks', positiveNumber, 3600)
    .action((flags: Flags) => {
      run(monitor(flags));
    });
}

async function monitor(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  if (flags.continuous !== true) return exitOf(await checkOnce(context, flags));
  const { signal } = onInterruption(context.output.progress);
  let last: MonitoringReport | undefined;
  while (!signal.aborted) {
    last = await checkOnce(context, flags);
    await context.ports.clock.sleep(flags.interval * 1000, signal).catch(() => undefined);
  }
  return last === undefined ? exitCodes.answerIsNo : exitOf(last);
}

async function checkOnce(context: CommandContext, flags: Flags): Promise<MonitoringReport> {
  const version = await chosenVersion(context, flags, { alias: 'production' });
  const report = await monitorStep(context, version, lastHours(context, flags.windowHours));
  context.output.answer({ model: version.name, version: version.version, ...report }, monitoringLines(report));
  return report;
}

function exitOf({ status }: MonitoringReport): ExitCode {
  return status === 'healthy' ? exitCodes.done : exitCodes.answerIsNo;
}
