import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { trainStep } from '../steps/train-step.js';
import { dataPlan } from '../wiring/data-plan.js';
import { commandWithCommonFlags } from './common-flags.js';
import { modelNameOf, withTrainFlags, type TrainFlags } from './data-flags.js';

type Flags = CommonFlags & TrainFlags & { readonly checkpoint?: string };

/** `i-drill train` */
export function trainCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags('train', 'train a model, log the run and register a version');
  return withTrainFlags(command)
    .option(
      '--checkpoint <file>',
      'file the training is kept in after every epoch; where it exists, training goes on from it; removed once the version is registered',
    )
    .action((flags: Flags) => {
      run(train(flags));
    });
}

async function train(flags: Flags): Promise<ExitCode> {
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
    ...(flags.checkpoint === undefined ? {} : { checkpoint: flags.checkpoint }),
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
      interval: trained.interval,
      exportDifference,
      stopped: trained.stopped,
    },
    [`${version.name} version ${version.version}, run ${runId}`],
  );
  return exitCodes.done;
}
