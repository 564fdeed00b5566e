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
  readonly revision: string;
  readonly machine: Machine;
  readonly seeds: readonly RulSeedResult[];
}

/** What is stated of a report. */
export type RulMark = keyof RulSeedResult['marks'];

/** A report of the seeds of one model on one subset. */
export function rulReport(
  parts: Pick<RulReport, 'subset' | 'modelType' | 'shortened' | 'revision' | 'machine' | 'seeds'>,
): RulReport {
  const { subset, modelType, shortened, revision, machine } = parts;
  return {
    benchmark: 'rul',
    subset,
    modelType,
    protocol: rulProtocol,
    recipe: rulRecipe(modelType, subset, shortened.epochs),
    shortened,
    revision,
    machine,
    seeds: [...parts.seeds].sort((a, b) => a.seed - b.seed),
  };
}

/** Whether the declared protocol was followed in full. */
export function isComplete({ shortened, seeds }: RulReport): boolean {
  return Object.keys(shortened).length === 0 && seeds.length >= rulProtocol.seeds;
}

/** Median and range of a mark over the seeds. */
export function markSpread({ seeds }: RulReport, mark: RulMark): Spread {
  return spread(seeds.map(({ marks }) => marks[mark]));
}

/** The seed whose RMSE is the median one, the lower of two. */
export function medianSeed({ seeds }: RulReport): RulSeedResult {
  const order = [...seeds].sort((a, b) => a.marks.rmseCapped - b.marks.rmseCapped);
  return order[Math.floor((order.length - 1) / 2)]!;
}

/** File name of a report, without a folder. */
export function reportFile({ subset, modelType }: Pick<RulReport, 'subset' | 'modelType'>): string {
  return `rul-${subset}-${modelType}.json`;
}
