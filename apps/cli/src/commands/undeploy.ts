import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { openService } from '../wiring/service.js';
import { commandWithCommonFlags } from './common-flags.js';

/** `i-drill undeploy` */
export function undeployCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('undeploy', 'stop the service of a model: router and model servers')
    .requiredOption('--model-name <name>', 'registered model')
    .action((flags: CommonFlags & { modelName: string }) => {
      run(undeploy(flags));
    });
}

async function undeploy(flags: CommonFlags & { modelName: string }): Promise<ExitCode> {
  const context = openContext(flags);
  await openService(context, flags.modelName, []).shutDown();
  context.output.answer({ model: flags.modelName, stopped: true }, [`${flags.modelName}: the service is stopped`]);
  return exitCodes.done;
}
