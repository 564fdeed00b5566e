import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { openService } from '../wiring/service.js';
import { commandWithCommonFlags, modelNameFlag } from './common-flags.js';

/** `i-drill undeploy` */
export function undeployCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('undeploy', 'stop the service of a model: router and model servers')
    .requiredOption('--model-name <name>', 'registered model', modelNameFlag)
    .action((flags: CommonFlags & { modelName: string }) => {
      run(undeploy(flags));
    });
}

async function undeploy(flags: CommonFlags & { modelName: string }): Promise<ExitCode> {
  const context = openContext(flags);
  const target = openService(context, flags.modelName, []);
  const { router, arms } = await target.describeService();
  const hasService = router !== undefined || arms.length > 0;
  if (hasService) await target.shutDown();
  context.output.answer({ model: flags.modelName, stopped: hasService }, [
    `${flags.modelName}: ${hasService ? 'the service is stopped' : 'no service runs, nothing was stopped'}`,
  ]);
  return exitCodes.done;
}
