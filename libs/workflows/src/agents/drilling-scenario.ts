import {
  constantRule,
  drillersRule,
  runWells,
  type ChooseSetPoints,
  type DrillingOptions,
  type SetPointRule,
  type WellResult,
} from '@i-drill/drilling';
import { createPolicyRunner, type Policy } from '@i-drill/training/agents';

/** Wells by their seeds: so many, from a first one on. */
export interface WellRange {
  readonly first: number;
  readonly count: number;
}

/** What an agent is trained for and judged on; kept with its version as `scenario.json`. */
export interface DrillingScenario {
  readonly environment: 'Drilling-v1';
  readonly preset: NonNullable<DrillingOptions['preset']>;
  /** Wells that choose the policy which is kept. */
  readonly selection: WellRange;
  /** Wells the kept policy is judged on; neither training nor choice has seen them. */
  readonly test: WellRange;
}

/** Long enough that every bit is worn out: a judged run must not end by the clock. */
const longestRun = 4000;

/** Seeds of a range. */
export function wellSeeds({ first, count }: WellRange): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** How a way to choose set-points does in the wells of a range, events paid for when they happen. */
export function drillRange({ preset }: DrillingScenario, range: WellRange, choose: ChooseSetPoints): WellResult[] {
  return runWells({ preset, maxSteps: longestRun }, wellSeeds(range), choose);
}

/** A policy as one chooses set-points in so many wells at once. */
export function choosing(policy: Policy, count: number): ChooseSetPoints {
  const runner = createPolicyRunner(policy, count);
  return (observations) => runner.act(observations, count);
}

/** What agents are compared with wherever they go: the reference driller of the environment, and the driller's rule. */
export function referenceRules(): SetPointRule[] {
  return [{ ...constantRule({ weight: 100, speed: 110, flow: 2000 }), name: 'reference set-point' }, drillersRule()];
}
