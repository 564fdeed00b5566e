import type { ModelType } from '@i-drill/training';
import type { Command } from 'commander';
import { isMlflowError } from 'mlflow-client-ts';
import type { ModelVersion } from '@i-drill/registry';
import type { MonitoringReport } from '@i-drill/monitoring';
import { openContext, type CommandContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { lastHours, monitorStep } from '../steps/monitor-step.js';
import { retrainingLines, retrainStep } from '../steps/retrain-step.js';
import { retrainVersion } from '../steps/retrain-version.js';
import { commandWithCommonFlags, modelNameFlag } from './common-flags.js';
import { modelTypeOption } from './data-flags.js';

type Flags = CommonFlags & {
  readonly modelName: string;
  readonly checkOnly?: boolean;
  readonly autoTrigger?: boolean;
  readonly data?: string;
  readonly modelType?: ModelType;
};

/** `i-drill retrain` */
export function retrainCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags(
    'retrain',
    'decide whether the version in Production must be trained again (exit 0 keep, 1 retrain or unknown)',
  )
    .requiredOption('--model-name <name>', 'registered model', modelNameFlag)
    .option('--check-only', 'decide only (default)')
    .option('--auto-trigger', 'when the decision is to retrain: train, validate and stage (exit 0 when it passed)')
    .option('--data <path>', 'folder with the files of its data set, or its table')
    .addOption(modelTypeOption('kind of model to train; default: that of the version in Production'))
    .action((flags: Flags) => {
      run(retrain(flags));
    });
}

async function retrain(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  const production = await context.store.findModelVersionByAlias(flags.modelName, 'production').catch(absentModel);
  const monitoring = production === undefined ? undefined : await latestCheck(context, production);
  const check = await retrainStep(context, {
    production,
    ...(monitoring === undefined ? {} : { monitoring }),
  });
  const { decision } = check.decision;
  if (decision === 'retrain' && flags.autoTrigger === true && production !== undefined) {
    for (const line of retrainingLines(check)) context.output.progress(line);
    const { validated, trained } = await retrainVersion(context, production, {
      directory: flags.data,
      modelType: flags.modelType,
      signal: onInterruption(context.output.progress).signal,
    });
    context.output.answer(
      { ...check, version: trained.version.version, verdict: validated.verdict.status, promoted: validated.promoted },
      [`${flags.modelName} version ${trained.version.version}: verdict ${validated.verdict.status}`],
    );
    return validated.promoted ? exitCodes.done : exitCodes.answerIsNo;
  }
  context.output.answer(check, retrainingLines(check));
  return decision === 'keep' ? exitCodes.done : exitCodes.answerIsNo;
}

function absentModel(error: unknown): undefined {
  if (isMlflowError(error) && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
  throw error;
}

function latestCheck(context: CommandContext, production: ModelVersion): Promise<MonitoringReport> {
  return monitorStep(context, production, lastHours(context));
}
