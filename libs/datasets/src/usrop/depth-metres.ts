import { DatasetError } from '../errors.js';
import type { Table } from '../table.js';
import { depthHeading, mudDensityHeading, usropFeatures } from './columns.js';

/** Means of the rows of one metre, by heading. The depth is the metre's upper end. */
export interface DepthMetre {
  readonly metre: number;
  readonly means: ReadonlyMap<string, number>;
}

const headings = usropFeatures.map((feature) => feature.heading);

/** g/cm3 per pound per US gallon: 453.59237 g / 3785.411784 cm3. */
const gramsPerPpg = 453.59237 / 3785.411784;

/**
 * The rows of a well as means over whole metres of measured depth, in order of depth, in runs without a missing metre.
 *
 * Exact copies of a row count once (one file fills its gaps with copies). A mean leaves out NaN. A mud density above 5 is
 * read as pounds per gallon: no mud is that heavy in g/cm3, and none is that light in pounds per gallon.
 */
export function depthRuns(table: Table): DepthMetre[][] {
  const columns = headings.map((heading) => table.column(heading));
  const runs: DepthMetre[][] = [];
  for (const [metre, rows] of rowsByMetre(table)) {
    const means = new Map(headings.map((heading, i) => [heading, meanOf(heading, columns[i]!, rows)]));
    means.set(depthHeading, metre);
    const run = runs.at(-1);
    if (run?.at(-1)?.metre === metre - 1) run.push({ metre, means });
    else runs.push([{ metre, means }]);
  }
  return runs;
}

/** Row numbers by whole metre, shallow to deep. */
function rowsByMetre(table: Table): [metre: number, rows: number[]][] {
  const depth = table.column(depthHeading);
  const byMetre = new Map<number, number[]>();
  for (const row of distinctRows(table)) {
    const metre = Math.floor(depth[row]!);
    if (Number.isNaN(metre)) throw missingDepth(table.path, row);
    const rows = byMetre.get(metre);
    if (rows === undefined) byMetre.set(metre, [row]);
    else rows.push(row);
  }
  return [...byMetre].sort(([a], [b]) => a - b);
}

function distinctRows(table: Table): number[] {
  const columns = headings.map((heading) => table.column(heading));
  const seen = new Set<string>();
  return Array.from({ length: table.rows }, (_, row) => row).filter((row) => {
    const key = columns.map((column) => column[row]).join(' ');
    return seen.size < seen.add(key).size;
  });
}

function meanOf(heading: string, column: Float64Array, rows: readonly number[]): number {
  const values = rows.map((row) => column[row]!).filter((value) => !Number.isNaN(value));
  const converted = heading === mudDensityHeading ? values.map(gramsPerCubicCentimetre) : values;
  return converted.reduce((sum, value) => sum + value, 0) / converted.length; // 0 / 0 = NaN where nothing was measured
}

function gramsPerCubicCentimetre(density: number): number {
  return density > 5 ? density * gramsPerPpg : density;
}

function missingDepth(path: string, row: number): DatasetError {
  const message = `Cannot read "${path}": row ${row + 1} has no measured depth; give it one or remove the row`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path, row: row + 1 } });
}
