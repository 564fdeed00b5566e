import { vectorEnvironment } from '@i-drill/environments';
import { mean } from '@i-drill/numerics';
import {
  agentPlan,
  agentRecipes,
  createTrainer,
  evaluatePolicy,
  trainAgent,
  type AgentPlan,
  type AgentProgress,
  type AgentType,
  type Policy,
} from '@i-drill/training/agents';
import { systemClock } from '../wiring/system-clock.js';
import { rlModels, rlProtocol, selectionSeeds, testSeeds, type RlEnvironment } from './rl-protocol.js';

/** One training to measure. */
export interface RlSeedRequest {
  readonly environment: RlEnvironment;
  readonly agent: AgentType;
  readonly seed: number;
  /** Fewer steps than declared (a shortened run). */
  readonly timesteps?: number;
  readonly onProgress?: (progress: AgentProgress) => void;
}

/** What a training gave. */
export interface RlSeed {
  readonly seed: number;
  /** Environment steps, and seconds of collecting and learning, evaluations left out. */
  readonly timesteps: number;
  readonly seconds: number;
  /** Mean return of the evaluations, over the steps. */
  readonly curve: readonly { readonly timesteps: number; readonly meanReturn: number }[];
  /** Steps after which the kept policy stood. */
  readonly keptAt: number;
  /** Returns of the kept policy on the test episodes. */
  readonly testReturns: readonly number[];
  /** Mean return of the policy after the last step, on the test episodes. */
  readonly lastMeanReturn: number;
}

/** The settings of an agent in a reference environment; `undefined` where there is no recipe. */
export function rlPlan({ environment, agent, seed, timesteps }: RlSeedRequest): AgentPlan | undefined {
  const recipe = agentRecipes[rlModels[environment].spec.id]?.[agent];
  if (recipe === undefined) return undefined;
  return agentPlan(agent, { ...recipe, seed, ...(timesteps === undefined ? {} : { timesteps }) });
}

/** Trains by the recipe, and judges on episodes of its own. */
export async function runRlSeed(request: RlSeedRequest, plan: AgentPlan): Promise<RlSeed> {
  const model = rlModels[request.environment];
  const { environments, timesteps } = plan.settings;
  const trainer = createTrainer(plan, vectorEnvironment(model, environments));
  const exam = vectorEnvironment(model, rlProtocol.selectionEpisodes);
  const meanReturn = (policy: Policy, seeds: readonly number[]): number =>
    mean(evaluatePolicy(policy, exam, seeds).map((episode) => episode.return));
  const { best, history } = await trainAgent({
    trainer,
    timesteps,
    evaluate: (policy) => meanReturn(policy, selectionSeeds),
    evaluateEvery: timesteps / rlProtocol.evaluations,
    recipe: JSON.stringify(plan),
    clock: systemClock,
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
  return {
    seed: request.seed,
    timesteps: trainer.timesteps,
    seconds: history.reduce((sum, { secondsLearning }) => sum + secondsLearning, 0),
    curve: history.map((progress) => ({ timesteps: progress.timesteps, meanReturn: progress.score })),
    keptAt: best.timesteps,
    testReturns: evaluatePolicy(best.policy, exam, testSeeds).map((episode) => episode.return),
    lastMeanReturn: meanReturn(trainer.policy(), testSeeds),
  };
}
