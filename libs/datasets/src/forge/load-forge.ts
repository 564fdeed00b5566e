import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { basename } from 'node:path';
import { composeDataset } from '../compose-dataset.js';
import { DatasetError } from '../errors.js';
import { findFile } from '../find-file.js';
import { readTable } from '../read-table.js';
import type { Table } from '../table.js';
import { forgeFiles, forgeLogs, forgeTarget, ropHeading, type ForgeFeature, type ForgeFile } from './columns.js';
import { depthRuns, type DepthRun } from './depth-blocks.js';

/** What to read of Utah FORGE 58-32. */
export interface ForgeOptions {
  /** The folder with `well_without_outlier.csv` and `Well_58-32.csv`; each may be packed (`.gz`). */
  readonly dir: string;
  /** `without-outliers` or `all`, which has 18 more rows and two more columns. @default 'without-outliers' */
  readonly file?: string;
  /** Units that the well is cut into, by depth. @default 10 */
  readonly blocks?: number;
}

/**
 * The geothermal well 58-32 of Utah FORGE (Podgorney, McLennan, Moore, DOI 10.15121/1495411; CC BY 4.0): the rate of
 * penetration of a row (one foot) from what is known before it is drilled.
 *
 * One well has no independent units, so its rows are cut into blocks of equal size by depth, and each block is a unit. A
 * row holds its own depth and settings and the measured answers of the row before, so the first row of a segment gives no
 * row. A missing row starts a new segment; of rows of the same depth the first counts. The anchor is the rate of penetration
 * of the row before.
 *
 * @throws DatasetError `DATASET_UNKNOWN_SUBSET` for a file that does not exist, `DATASET_TOO_FEW_ROWS` for a block without
 * two neighbouring rows, and what `readTable` throws.
 */
export async function loadForge({ dir, file = 'without-outliers', blocks = 10 }: ForgeOptions): Promise<SensorDataset> {
  const { name, features } = forgeLogs[requireForgeFile(file)];
  requireBlocks(blocks);
  const path = await findFile(dir, [`${name}.csv`, `${name}.csv.gz`]);
  const table = await readTable(path, { required: features.map((feature) => feature.heading) });
  const runs = depthRuns(table, features, blocks).filter((run) => run.rows.length > 1);
  requireEveryBlock(path, runs, blocks);
  return composeDataset({
    name: 'forge-58-32',
    task: 'rate-of-penetration',
    features: features.map((feature) => ({ name: feature.name, unit: feature.unit })),
    target: forgeTarget,
    segments: runs.map((run) => toSegment(table, features, run)),
    source: `${basename(dir)}/${basename(path)}`,
    anchorFeature: features.findIndex((feature) => feature.heading === ropHeading),
    evaluateOn: 'every-row',
  });
}

function toSegment(table: Table, features: readonly ForgeFeature[], { block, rows }: DepthRun): SensorSegment {
  const columns = features.map(({ heading, known }) => ({ values: table.column(heading), known }));
  const rop = table.column(ropHeading);
  const drilled = rows.slice(1);
  const values = drilled.flatMap((row, i) =>
    columns.map((column) => column.values[column.known === 'before' ? row : rows[i]!]!),
  );
  return {
    unit: `block-${String(block + 1).padStart(2, '0')}`,
    rows: drilled.length,
    features: Float64Array.from(values),
    target: Float64Array.from(drilled, (row) => rop[row]!),
  };
}

function requireForgeFile(file: string): ForgeFile {
  const known = forgeFiles.find((name) => name === file);
  if (known !== undefined) return known;
  const message = `Cannot load Utah FORGE: there is no file "${file}"; choose of ${forgeFiles.join(', ')}`;
  throw new DatasetError(message, { code: 'DATASET_UNKNOWN_SUBSET', details: { file, known: forgeFiles } });
}

function requireBlocks(blocks: number): void {
  if (Number.isInteger(blocks) && blocks >= 1) return;
  throw new RangeError(`Cannot load Utah FORGE: blocks is ${blocks}, expected a whole number of at least 1`);
}

function requireEveryBlock(path: string, runs: readonly DepthRun[], blocks: number): void {
  const found = new Set(runs.map((run) => run.block)).size;
  if (found === blocks) return;
  const message = `Cannot load "${path}": ${blocks - found} of ${blocks} depth blocks have no two neighbouring rows; give fewer blocks or more data`;
  throw new DatasetError(message, { code: 'DATASET_TOO_FEW_ROWS', details: { path, blocks, found } });
}
