import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { trainStep } from '../steps/train-step.js';
import { dataPlan } from '../wiring/data-plan.js';
import { commandWithCommonFlags } from './common-flags.js';
import { modelNameOf, withTrainFlags, type TrainFlags } from './data-flags.js';

/** `i-drill train` */
export function trainCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags('train', 'train a model, log the run and register a version');
  return withTrainFlags(command).action((flags: CommonFlags & TrainFlags) => {
    run(train(flags));
  });
}

async function train(flags: CommonFlags & TrainFlags): Promise<ExitCode> {
  const context = openContext(flags);
  const plan = dataPlan(context.config, flags);
  const interruption = onInterruption(context.output.progress);
  const { trained, backend } = await trainStep(context, {
    modelType: flags.modelType,
    modelName: modelNameOf(flags, plan),
    plan,
    signal: interruption.signal,
    ...(flags.experiment === undefined ? {} : { experiment: flags.experiment }),
    ...(flags.epochs === undefined ? {} : { epochs: flags.epochs }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
  });
  const { version, runId, score, exportDifference } = trained;
  context.output.answer(
    {
      model: version.name,
      version: version.version,
      runId,
      backend: backend.name,
      metrics: score.metrics,
      baseline: { name: trained.baseline, metrics: score.baselineMetrics },
      exportDifference,
      stopped: trained.stopped,
    },
    [`${version.name} version ${version.version}, run ${runId}`],
  );
  return exitCodes.done;
}
