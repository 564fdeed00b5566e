import type { ModelType } from '@i-drill/training';
import { agentTypes, type AgentType } from '@i-drill/training/agents';
import { Argument, Option, type Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { onInterruption } from '../interruption.js';
import { trainStep } from '../steps/train-step.js';
import { dataPlan } from '../wiring/data-plan.js';
import { modelTypeOf } from '../wiring/model-plan.js';
import { commandWithCommonFlags, positiveNumber, shareNumber, wholeNumber } from './common-flags.js';
import { modelNameOf, withTrainFlags, type TrainFlags } from './data-flags.js';
import { trainAgentCommand, type TrainAgentFlags } from './train-agent.js';

type Flags = CommonFlags & TrainFlags & TrainAgentFlags & { readonly checkpoint?: string };

/** `i-drill train` */
export function trainCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags('train', 'train a model or an agent, log the run and register a version');
  return withTrainFlags(command)
    .addArgument(
      new Argument('[type]', 'kind of model, in place of --model-type; ppo and sac learn to drill').argParser(kindOf),
    )
    .addOption(
      new Option('--preset <name>', 'ppo, sac: wells; default: from the configuration').choices([
        'soft',
        'mixed',
        'hard',
      ]),
    )
    .option(
      '--timesteps <n>',
      'ppo, sac: environment steps; default: TOTAL_TIMESTEPS, or from the configuration',
      wholeNumber(1),
    )
    .option(
      '--learning-rate <x>',
      'ppo, sac: of Adam at the start; default: LEARNING_RATE, or from the configuration',
      positiveNumber,
    )
    .option('--threads <n>', 'ppo: threads that drill; the agent is the same whatever their number', wholeNumber(1))
    .option('--gamma <x>', 'ppo, sac: discount per step; default: GAMMA, or from the configuration', shareNumber)
    .option(
      '--checkpoint <file>',
      'file the training is kept in after every epoch or evaluation; where it exists, training goes on from it; removed once the version is registered',
    )
    .action((type: AgentType | ModelType | undefined, flags: Flags) => {
      run(type === 'ppo' || type === 'sac' ? trainAgentCommand(type, flags) : train(withType(flags, type)));
    });
}

function kindOf(name: string): AgentType | ModelType {
  return agentTypes.find((agent) => agent === name) ?? modelTypeOf(name);
}

function withType(flags: Flags, type: ModelType | undefined): Flags {
  return type === undefined ? flags : { ...flags, modelType: type };
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
