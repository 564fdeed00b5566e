import { DatasetError } from '../errors.js';
import type { Table } from '../table.js';
import { depthHeading, type ForgeFeature } from './columns.js';

/** Consecutive rows of one part of the well, as row numbers of the table. */
export interface DepthRun {
  /** Counts from 0, shallow to deep. */
  readonly block: number;
  readonly rows: readonly number[];
}

/** Rows stand 0.3 m (1 ft) apart; a step above this lacks at least one row. */
const longestStep = 0.5;

/** The rows of the well from top to bottom, in runs that end where a row is missing or the next block begins. */
export function depthRuns(table: Table, features: readonly ForgeFeature[], blocks: number): DepthRun[] {
  const depth = table.column(depthHeading);
  const rows = rowsByDepth(table, features);
  const runs: { block: number; rows: number[] }[] = [];
  for (const [place, row] of rows.entries()) {
    const block = Math.floor((place * blocks) / rows.length);
    const run = runs.at(-1);
    const step = depth[row]! - depth[run?.rows.at(-1) ?? row]!;
    if (run?.block === block && step <= longestStep) run.rows.push(row);
    else runs.push({ block, rows: [row] });
  }
  return runs;
}

/** Row numbers from top to bottom, one per depth: of several rows of one depth the first. */
function rowsByDepth(table: Table, features: readonly ForgeFeature[]): number[] {
  const depth = table.column(depthHeading);
  const missing = depth.findIndex(Number.isNaN);
  if (missing >= 0) throw missingDepth(table.path, missing);
  features.forEach((feature) => table.column(feature.heading)); // refuses text before rows are taken apart
  const seen = new Set<number>();
  const distinct = [...depth.keys()].filter((row) => seen.size < seen.add(depth[row]!).size);
  return distinct.sort((a, b) => depth[a]! - depth[b]!);
}

function missingDepth(path: string, row: number): DatasetError {
  const message = `Cannot read "${path}": row ${row + 1} has no depth; give it one or remove the row`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path, row: row + 1 } });
}
