import type { SensorDataset } from '@i-drill/core';
import { basename } from 'node:path';
import { composeDataset } from '../compose-dataset.js';
import { DatasetError } from '../errors.js';
import { findFile } from '../find-file.js';
import { readTable } from '../read-table.js';
import type { Table } from '../table.js';
import { cmapssColumns, cmapssFeatures, cmapssSettings, cmapssSubsets, cmapssTarget } from './columns.js';
import { readEngines, toSegments, type Engine } from './engines.js';

/** What to read of C-MAPSS. */
export interface CmapssOptions {
  /** The folder with `train_FD001.txt`, `test_FD001.txt`, `RUL_FD001.txt` and so on; each may be packed (`.gz`). */
  readonly dir: string;
  /** `FD001` to `FD004`. */
  readonly subset: string;
  /** Takes only the first engines of each part: for a quick run, not for a figure to report. @default all */
  readonly limitUnits?: number;
}

/** Both parts as NASA published them. */
export interface CmapssDatasets {
  readonly train: SensorDataset;
  readonly test: SensorDataset;
}

/**
 * NASA's turbofan engines, run to failure in simulation (Saxena et al., PHM08): one row per engine and cycle.
 *
 * Features are the settings and sensors that are not constant in the training file of the subset (all 24 where there are
 * six operating conditions); the test part has the same. The settings among them tell the operating condition. Target: cycles left, uncapped. In training an engine's last row has 0 left; in the test part the last row has what
 * the RUL file says, earlier rows count down to it. As is usual for these data, a model is judged on the last row of each test
 * engine (`evaluateOn`); on the training part that would say nothing, since its engines all end with 0 left.
 *
 * @throws DatasetError `DATASET_UNKNOWN_SUBSET`, and what `readTable` throws.
 */
export async function loadCmapss(options: CmapssOptions): Promise<CmapssDatasets> {
  const { subset, limitUnits = Infinity } = options;
  requireSubset(subset);
  requireLimit(limitUnits);
  const train = await readPart(options, 'train');
  const test = await readPart(options, 'test');
  const lives = await readLives(options, test.engines.length);
  const kept = varyingFeatures(train.table);
  const conditionFeatures = kept.flatMap((column, index) => (column < cmapssSettings ? [index] : []));
  const compose = (part: Part, cyclesLeft: readonly number[]): SensorDataset =>
    composeDataset({
      name: `cmapss-${subset}-${part.name}`,
      task: 'remaining-useful-life',
      features: kept.map((column) => cmapssFeatures[column]!),
      target: cmapssTarget,
      segments: toSegments(part.engines.slice(0, limitUnits), {
        values: kept.map((column) => part.table.column(cmapssFeatures[column]!.name)),
        cyclesLeft,
        unitPrefix: `${subset}-${part.name}`,
      }),
      source: `${basename(options.dir)}/${basename(part.table.path)}`,
      conditionFeatures,
      evaluateOn: 'last-row',
    });
  const noneLeft = train.engines.map(() => 0);
  return { train: compose(train, noneLeft), test: compose(test, lives) };
}

/** One of the two files. */
interface Part {
  readonly name: 'train' | 'test';
  readonly table: Table;
  readonly engines: readonly Engine[];
}

async function readPart({ dir, subset }: CmapssOptions, name: Part['name']): Promise<Part> {
  const path = await findFile(dir, [`${name}_${subset}.txt`, `${name}_${subset}.txt.gz`]);
  const table = await readTable(path, { columnNames: cmapssColumns, required: cmapssColumns });
  return { name, table, engines: readEngines(table) };
}

async function readLives({ dir, subset }: CmapssOptions, engines: number): Promise<number[]> {
  const path = await findFile(dir, [`RUL_${subset}.txt`, `RUL_${subset}.txt.gz`]);
  const table = await readTable(path, { columnNames: ['cyclesLeft'], required: ['cyclesLeft'], minRows: 1 });
  if (table.rows === engines) return Array.from(table.column('cyclesLeft'));
  const message = `Cannot read "${path}": it has ${table.rows} lives for ${engines} test engines; take both files from one copy of the data`;
  throw new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path, lives: table.rows, engines } });
}

/** Columns, of the 24, that take more than one value. */
function varyingFeatures(table: Table): number[] {
  const varying = cmapssFeatures.flatMap(({ name }, column) => {
    const values = table.column(name).filter((value) => !Number.isNaN(value));
    return values.some((value) => value !== values[0]) ? [column] : [];
  });
  if (varying.length > 0) return varying;
  const message = `Cannot read "${table.path}": no setting and no sensor ever changes; there is nothing to learn from`;
  throw new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path: table.path } });
}

function requireSubset(subset: string): void {
  if ((cmapssSubsets as readonly string[]).includes(subset)) return;
  const message = `Cannot load C-MAPSS: "${subset}" is no subset; choose one of ${cmapssSubsets.join(', ')}`;
  throw new DatasetError(message, { code: 'DATASET_UNKNOWN_SUBSET', details: { subset, known: cmapssSubsets } });
}

function requireLimit(limitUnits: number): void {
  if (limitUnits === Infinity || (Number.isInteger(limitUnits) && limitUnits >= 1)) return;
  throw new RangeError(`Cannot load C-MAPSS: limitUnits is ${limitUnits}, expected a whole number of at least 1`);
}
