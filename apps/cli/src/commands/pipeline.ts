import { Command } from 'commander';
import { openContext, type CommandContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { pipelineStep, type PipelineStep } from '../steps/pipeline-step.js';
import { dataPlan } from '../wiring/data-plan.js';
import { withOwnService } from '../wiring/own-service.js';
import { commandWithCommonFlags, positiveNumber } from './common-flags.js';
import { modelNameOf, withTrainFlags, type TrainFlags } from './data-flags.js';

type Flags = CommonFlags & TrainFlags & { readonly generateTraffic: number; readonly keepServing?: boolean };

/** `i-drill pipeline` */
export function pipelineCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags('run', 'train, validate, deploy by canary, monitor, decide on retraining');
  return new Command('pipeline').description('the whole loop').addCommand(
    withTrainFlags(command)
      .option(
        '--generate-traffic <per second>',
        'windows of the test units sent per second during the canary',
        positiveNumber,
        120,
      )
      .option('--keep-serving', 'leave a service that this run started running at the end')
      .action((flags: Flags) => {
        run(runOnce(flags));
      }),
  );
}

async function runOnce(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  const plan = dataPlan(context.config, flags);
  const modelName = modelNameOf(flags, plan);
  return withOwnService(context, { modelName, keepServing: flags.keepServing === true }, async () => {
    const step = await pipelineStep(context, {
      modelType: flags.modelType,
      modelName,
      plan,
      requestsPerSecond: flags.generateTraffic,
      signal: onInterruption(context.output.progress).signal,
      ...(flags.experiment === undefined ? {} : { experiment: flags.experiment }),
      ...(flags.epochs === undefined ? {} : { epochs: flags.epochs }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    });
    context.output.answer(answerOf(step), answerLines(step, context));
    return step.outcome.status === 'completed' ? exitCodes.done : exitCodes.answerIsNo;
  });
}

function answerOf({ outcome, url }: PipelineStep): Record<string, unknown> {
  const { trained, status, stopped } = outcome;
  return {
    status,
    ...(stopped === undefined ? {} : { stopped }),
    model: trained.version.name,
    version: trained.version.version,
    runId: trained.runId,
    metrics: trained.score.metrics,
    baseline: { name: trained.baseline, metrics: trained.score.baselineMetrics },
    interval: trained.interval,
    exportDifference: trained.exportDifference,
    ...reached(outcome),
    url: url ?? null,
  };
}

/** What the later steps came to; `null` for those that were not reached. */
function reached(outcome: PipelineStep['outcome']): Record<string, unknown> {
  const { deployed, monitoring, retraining } = outcome;
  return {
    ...judged(outcome),
    rollout: deployed?.outcome.outcome ?? null,
    stage: stageOf(outcome),
    health: monitoring?.status ?? null,
    retraining: retraining?.decision.decision ?? null,
  };
}

function judged({ validated }: PipelineStep['outcome']): Record<string, unknown> {
  return { verdict: validated?.verdict.status ?? null, report: validated?.reportPath ?? null };
}

function stageOf({ validated, deployed }: PipelineStep['outcome']): string {
  return deployed?.promotion?.to ?? (validated?.promoted === true ? 'Staging' : 'None');
}

function answerLines({ outcome }: PipelineStep, context: CommandContext): string[] {
  const { trained, validated, stopped } = outcome;
  const name = `${trained.version.name} version ${trained.version.version}`;
  return [
    '',
    stopped === undefined ? `${name}: the loop turned once` : `${name}: stopped at ${stopped.step}, ${stopped.reason}`,
    `run ${trained.runId} in ${context.store.trackingUri}`,
    ...(validated === undefined ? [] : [`report ${validated.reportPath} among the artifacts of the run`]),
  ];
}
