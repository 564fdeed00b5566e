import type { ModelType } from '@i-drill/training';
import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { clearFormerDemo } from '../demo/clear-former-demo.js';
import { runDemo } from '../demo/run-demo.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { withOwnService } from '../wiring/own-service.js';
import { commandWithCommonFlags } from './common-flags.js';
import { modelTypeOption } from './data-flags.js';

type Flags = CommonFlags & { readonly modelType: ModelType };

/** `i-drill demo` */
export function demoCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('demo', 'the whole loop on simulated bit runs, drift and retraining included')
    .setOptionValue('config', 'config/profiles/demo.yaml')
    .addOption(modelTypeOption().default('lstm'))
    .action((flags: Flags) => {
      run(demo(flags));
    });
}

async function demo(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  const { signal } = onInterruption(context.output.progress);
  const { modelType } = flags;
  const modelName = `bit-runs_${modelType}`;
  await clearFormerDemo(context, modelName);
  return withOwnService(context, { modelName, keepServing: false }, async () => {
    const result = await runDemo(context, { modelName, modelType, signal });
    context.output.answer(result, result.lines);
    return result.isComplete ? exitCodes.done : exitCodes.answerIsNo;
  });
}
