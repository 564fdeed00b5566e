import { drillingModel, type DrillingOptions, type FormationPreset } from '@i-drill/drilling';
import { vectorEnvironment } from '@i-drill/environments';
import {
  actorLayers,
  createPpoTrainer,
  createTrainer,
  type AgentPlan,
  type AgentProgress,
  type AgentTrainer,
  type AgentType,
} from '@i-drill/training/agents';
import { trainAgentVersion, type DrillingScenario, type TrainedAgentVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { plannedAgent, type AgentFlags } from '../wiring/agent-plan.js';
import { agentPorts } from '../wiring/agent-ports.js';
import { openAgentCheckpointFile } from '../wiring/checkpoint-file.js';
import { threadedCollector } from '../rollouts/threaded-collector.js';
import { explainNoVersion } from '../wiring/no-version.js';
import { gitCommit } from '../wiring/provenance.js';

/** What to train. */
export interface TrainAgentOptions {
  readonly type: AgentType;
  readonly modelName: string;
  readonly experiment?: string;
  readonly preset?: FormationPreset;
  readonly flags: AgentFlags;
  /** File the training is kept in after every evaluation, and goes on from where it exists. */
  readonly checkpoint?: string;
  readonly signal?: AbortSignal;
  /** Threads in which PPO drills. @default 1: this one */
  readonly threads?: number;
}

/** Wells by their purpose; training draws its own from 1009 · seed on. */
const firstSelectionWell = 2 ** 40;
const firstTestWell = 2 ** 41;

/** Trains an agent and registers it; says what it does as it goes. */
export async function trainAgentStep(
  context: CommandContext,
  options: TrainAgentOptions,
): Promise<TrainedAgentVersion> {
  const { config, output, ports } = context;
  const { agents } = config.training;
  const plan = plannedAgent(options.type, agents, {
    flags: options.flags,
    env: process.env,
    seed: config.training.seed,
  });
  const scenario = scenarioOf(context, options.preset);
  const checkpoint = options.checkpoint === undefined ? undefined : await openAgentCheckpointFile(options.checkpoint);
  const { timesteps, environments } = plan.settings;
  output.progress(`agent: ${plan.type}, ${timesteps} steps, ${environments} ${scenario.preset} wells side by side`);
  if (checkpoint !== undefined) output.progress(`checkpoint: "${checkpoint.path}", written after every evaluation`);
  const drill = startTrainer(plan, { preset: scenario.preset, risk: 'expected' }, options.threads);
  const trained = await trainAgentVersion(agentPorts(ports), {
    modelName: options.modelName,
    experiment: options.experiment ?? config.mlflow.experiment_name,
    plan,
    trainer: drill.trainer,
    scenario,
    evaluations: agents.evaluations,
    exportTolerance: config.validation.export.tolerance,
    who: context.who,
    gitCommit: gitCommit(),
    ...(checkpoint?.resumeFrom === undefined ? {} : { resumeFrom: checkpoint.resumeFrom }),
    ...(checkpoint === undefined ? {} : { onCheckpoint: checkpoint.keep }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onProgress: (progress) => {
      output.progress(progressLine(progress));
    },
  })
    .catch((error: unknown) => {
      throw explainNoVersion(error, {
        modelName: options.modelName,
        trackingUri: context.store.trackingUri,
        spoolFolder: config.mlflow.spool_dir,
      });
    })
    .finally(drill.close);
  await checkpoint?.remove();
  return trained;
}

/** A trainer, in this thread or with others; the agent that comes out is the same. */
function startTrainer(
  plan: AgentPlan,
  environment: DrillingOptions,
  threads = 1,
): { readonly trainer: AgentTrainer; readonly close: () => Promise<void> } {
  const { environments: count, hidden, seed } = plan.settings;
  const model = drillingModel(environment);
  if (plan.type === 'sac' || threads === 1) {
    return { trainer: createTrainer(plan, vectorEnvironment(model, count)), close: () => Promise.resolve() };
  }
  const layers = actorLayers(model.spec.observation.length, model.spec.action, hidden);
  const collector = threadedCollector({ environment, layers, seed, count, threads });
  return { trainer: createPpoTrainer(collector, plan.settings), close: () => collector.close() };
}

function scenarioOf({ config }: CommandContext, preset?: FormationPreset): DrillingScenario {
  const { agents } = config.training;
  return {
    environment: 'Drilling-v1',
    preset: preset ?? agents.preset,
    selection: { first: firstSelectionWell, count: agents.selection_wells },
    test: { first: firstTestWell, count: agents.test_wells },
  };
}

function progressLine({ timesteps, score, figures, secondsLearning }: AgentProgress): string {
  const watched = ['entropy', 'klDivergence', 'criticLoss', 'temperature'].flatMap((name) =>
    figures[name] === undefined ? [] : [`${name} ${figures[name].toPrecision(3)}`],
  );
  return `  ${timesteps} steps: mean return ${score.toFixed(2)} k$ (${watched.join(', ')}; ${secondsLearning.toFixed(1)} s)`;
}
