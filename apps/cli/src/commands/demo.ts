import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { clearFormerDemo } from '../demo/clear-former-demo.js';
import { runDemo } from '../demo/run-demo.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { withOwnService } from '../wiring/own-service.js';
import { commandWithCommonFlags } from './common-flags.js';

const demoModel = 'bit-runs_lstm';

/** `i-drill demo` */
export function demoCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags('demo', 'the whole loop on simulated bit runs, drift and retraining included')
    .setOptionValue('config', 'config/profiles/demo.yaml')
    .action((flags: CommonFlags) => {
      run(demo(flags));
    });
}

async function demo(flags: CommonFlags): Promise<ExitCode> {
  const context = openContext(flags);
  const { signal } = onInterruption(context.output.progress);
  await clearFormerDemo(context, demoModel);
  return withOwnService(context, { modelName: demoModel, keepServing: false }, async () => {
    const result = await runDemo(context, demoModel, signal);
    context.output.answer(result, result.lines);
    return result.isComplete ? exitCodes.done : exitCodes.answerIsNo;
  });
}
