import type { Command } from 'commander';
import { promoteVersion } from '@i-drill/registry';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { openService } from '../wiring/service.js';
import { commandWithCommonFlags, modelNameFlag } from './common-flags.js';

type Flags = CommonFlags & { readonly modelName: string; readonly why: string };

/** `i-drill rollback` */
export function rollbackCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('rollback', 'put the version that served before back into service, at once')
    .requiredOption('--model-name <name>', 'registered model', modelNameFlag)
    .option('--why <reason>', 'reason, kept in the history', 'rolled back by hand')
    .action((flags: Flags) => {
      run(rollback(flags));
    });
}

async function rollback(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  const service = openService(context, flags.modelName, []);
  const { from, to } = await service.rollBackToPrevious();
  const record = await promoteVersion(context.store, to, {
    to: 'Production',
    who: context.who,
    at: context.ports.clock.now(),
    why: flags.why,
  });
  context.output.answer({ from, to, promotion: record }, [
    `${flags.modelName}: version ${to.version} is back in service instead of version ${from.version} (${record.from} -> ${record.to})`,
  ]);
  return exitCodes.done;
}
