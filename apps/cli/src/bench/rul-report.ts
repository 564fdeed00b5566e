import type { CmapssSubset } from '@i-drill/datasets';
import type { ModelType } from '@i-drill/training';
import type { Machine } from './machine.js';
import type { RulSeedResult } from './rul-run.js';
import { rulProtocol, rulRecipe, type RulRecipe } from './rul-protocol.js';
import { spread, type Spread } from './spread.js';

/** What makes a run shorter than declared. Its figures are no evidence. */
export interface Shortening {
  readonly epochs?: number;
  readonly limitUnits?: number;
}

/** One model on one subset: everything a reader needs to check it or to run it again. */
export interface RulReport {
  readonly benchmark: 'rul';
  readonly subset: CmapssSubset;
  readonly modelType: ModelType;
  readonly protocol: typeof rulProtocol;
  readonly recipe: RulRecipe;
  readonly shortened: Shortening;
  readonly seeds: readonly RulSeed[];
}

/** What one seed gave, where, and at which revision of the code. */
export interface RulSeed extends RulSeedResult {
  readonly revision: string;
  readonly machine: Machine;
}

/** What is stated of a report. */
export type RulMark = keyof RulSeedResult['marks'];

/** A report of the seeds of one model on one subset. */
export function rulReport(parts: Pick<RulReport, 'subset' | 'modelType' | 'shortened' | 'seeds'>): RulReport {
  const { subset, modelType, shortened } = parts;
  return {
    benchmark: 'rul',
    subset,
    modelType,
    protocol: rulProtocol,
    recipe: rulRecipe(modelType, subset, shortened.epochs),
    shortened,
    seeds: [...parts.seeds].sort((a, b) => a.seed - b.seed),
  };
}

/** Whether the declared protocol was followed in full. */
export function isComplete(report: RulReport): boolean {
  return !isShortened(report) && report.seeds.length >= rulProtocol.seeds;
}

/** Whether less was trained than declared, so that no figure of it counts. */
export function isShortened({ shortened }: RulReport): boolean {
  return Object.keys(shortened).length > 0;
}

/** Whether the seeds of two reports may stand side by side: all but the seeds is the same. */
export function isSameRecipe({ seeds: _a, ...one }: RulReport, { seeds: _b, ...other }: RulReport): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The seeds of both; where both have one, the later. */
export function withSeeds(former: RulReport, later: RulReport): RulReport {
  const seeds = new Map([...former.seeds, ...later.seeds].map((seed) => [seed.seed, seed]));
  return rulReport({ ...later, seeds: [...seeds.values()] });
}

/** Median and range of a mark over the seeds. */
export function markSpread({ seeds }: RulReport, mark: RulMark): Spread {
  return spread(seeds.map(({ marks }) => marks[mark]));
}

/** The seed whose RMSE is the median one, the lower of two. */
export function medianSeed({ seeds }: RulReport): RulSeed {
  const order = [...seeds].sort((a, b) => a.marks.rmseCapped - b.marks.rmseCapped);
  return order[Math.floor((order.length - 1) / 2)]!;
}

/** File name of a report, without a folder. */
export function reportFile({ subset, modelType }: Pick<RulReport, 'subset' | 'modelType'>): string {
  return `rul-${subset}-${modelType}.json`;
}
