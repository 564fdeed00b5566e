import { Option, type Command } from 'commander';
import { promoteVersion, type ServingStage } from '@i-drill/registry';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { commandWithCommonFlags, modelNameFlag } from './common-flags.js';

type Flags = CommonFlags & {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly to: ServingStage;
  readonly why: string;
};

/** `i-drill promote` */
export function promoteCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('promote', 'move a validated version to Staging or Production, on record')
    .requiredOption('--model-name <name>', 'registered model', modelNameFlag)
    .requiredOption('--model-version <number>', 'version number')
    .addOption(new Option('--to <stage>', 'where to').choices(['Staging', 'Production']).makeOptionMandatory())
    .requiredOption('--why <reason>', 'reason, kept in the history')
    .action((flags: Flags) => {
      run(promote(flags));
    });
}

async function promote(flags: Flags): Promise<ExitCode> {
  const { output, store, ports, who } = openContext(flags);
  const ref = { name: flags.modelName, version: flags.modelVersion };
  const record = await promoteVersion(store, ref, { to: flags.to, who, at: ports.clock.now(), why: flags.why });
  output.answer(record, [`${record.name} version ${record.version}: ${record.from} -> ${record.to} by ${record.who}`]);
  return exitCodes.done;
}
