import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { runDemo } from '../demo/run-demo.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { openService } from '../wiring/service.js';
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
  try {
    const result = await runDemo(context, demoModel);
    context.output.answer(result, result.lines);
    return result.isComplete ? exitCodes.done : exitCodes.answerIsNo;
  } finally {
    await openService(context, demoModel, []).shutDown();
  }
}
