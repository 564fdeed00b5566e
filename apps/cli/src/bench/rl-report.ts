import { mean } from '@i-drill/numerics';
import type { AgentPlan, AgentType } from '@i-drill/training/agents';
import type { Machine } from './machine.js';
import { rlGoals, rlProtocol, type RlEnvironment, type RlGoal } from './rl-protocol.js';
import type { RlSeed } from './rl-run.js';
import { spread, type Spread } from './spread.js';

/** A run of the benchmark: everything a reader needs to check it or to run it again. */
export interface RlReport {
  readonly benchmark: 'rl';
  readonly environment: RlEnvironment;
  readonly agent: AgentType;
  readonly settings: AgentPlan['settings'];
  readonly protocol: typeof rlProtocol;
  readonly revision: string;
  readonly machine: Machine;
  readonly shortened: boolean;
  readonly seeds: readonly RlSeed[];
}

/** Mean test return of a seed. */
export function testReturn({ testReturns }: RlSeed): number {
  return mean(testReturns);
}

/** Mean test returns over the seeds. */
export function returnSpread({ seeds }: RlReport): Spread {
  return spread(seeds.map(testReturn));
}

/** Environment steps per second, learning included. */
export function speedSpread({ seeds }: RlReport): Spread {
  return spread(seeds.map(({ timesteps, seconds }) => timesteps / seconds));
}

/** How a report stands to its goal. */
export interface GoalResult {
  readonly goal: RlGoal;
  /** Seeds that reach it. */
  readonly reached: number;
  readonly isMet: boolean;
}

/** `undefined` where no goal is set. */
export function goalResult({ environment, agent, seeds }: RlReport): GoalResult | undefined {
  const goal = rlGoals.find((each) => each.environment === environment && each.agent === agent);
  if (goal === undefined) return undefined;
  const reached = seeds.filter((seed) => testReturn(seed) >= goal.meanReturn).length;
  return { goal, reached, isMet: reached >= goal.share * seeds.length };
}

/** Whether the declared protocol is followed in full. */
export function isCompleteRl({ shortened, seeds }: RlReport): boolean {
  return !shortened && seeds.length >= rlProtocol.seeds;
}
