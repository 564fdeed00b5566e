import type { ModelType } from '@i-drill/training';
import type { Machine } from './machine.js';
import type { RopDataset, RopRecipe } from './rop-protocol.js';

/** What one well gave. All errors are mean absolute errors over the rows of all chunks, in m/h. */
export interface RopWellResult {
  readonly well: string;
  readonly rows: number;
  readonly chunks: number;
  readonly chunkRows: number;
  readonly holdLast: number;
  /** 5 nearest neighbours over the columns as they are, and over standardised columns. */
  readonly rawNeighbours: number;
  readonly scaledNeighbours: number;
  /** One error per seed, per model type. */
  readonly networks: Partial<Record<ModelType, readonly number[]>>;
  /** The mean answer of all networks. */
  readonly ensemble: number;
  readonly trainingSeconds: number;
}

/** A run of the benchmark: everything a reader needs to check it or to run it again. */
export interface RopReport {
  readonly benchmark: 'rop';
  readonly dataset: RopDataset;
  readonly seeds: readonly number[];
  readonly recipes: Partial<Record<ModelType, RopRecipe>>;
  readonly revision: string;
  readonly machine: Machine;
  readonly wells: readonly RopWellResult[];
}

/** Errors of the paper's gradient boosting on the full files, its row number among the inputs (README of the data set). */
export const publishedBoosting: Readonly<Record<string, number>> = {
  'F-9A': 7.63,
  'F-7': 9.0,
  'F-15': 4.42,
  'F-15S': 3.64,
  'F-5': 7.34,
  'F-9': 10.17,
};

/** What the mean over the wells, or the one well, should stay below, in m/h. */
export const ropGoals: Readonly<Record<RopDataset, number>> = { usrop: 6.5, forge: 3.3 };

/** The well a result belongs to, without the rule its chunks follow. */
function wellName({ well }: RopWellResult): string {
  return well.split(',')[0]!;
}

/** Results of each well once: with chunks of the paper's length in metres, or of its number of rows. */
export function wellsByRule(wells: readonly RopWellResult[], rule: 'length' | 'rows'): RopWellResult[] {
  const twice = new Set(wells.filter(({ well }) => well.includes(',')).map(wellName));
  return wells.filter((result) => !twice.has(wellName(result)) || result.well.includes(',') === (rule === 'rows'));
}
