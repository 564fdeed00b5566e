import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { basename } from 'node:path';
import { composeDataset } from './compose-dataset.js';
import { readTable } from './read-table.js';

/** What a table is to be read as. Any data set is a schema. */
export type TableSchema = Pick<
  SensorDataset,
  'name' | 'task' | 'features' | 'target' | 'evaluateOn' | 'anchorFeature' | 'conditionFeatures' | 'classes'
>;

/**
 * Reads labelled rows of many units: a column `unit`, one column per feature and one for the target, by their names in the
 * schema. Rows of a unit are one segment, in the order of the file, and are taken as equally spaced. A row without a target
 * is kept, with NaN.
 *
 * @throws DatasetError what `readTable` throws; a missing feature or target is `DATASET_COLUMNS`.
 */
export async function readUnitTable(path: string, schema: TableSchema): Promise<SensorDataset> {
  const { features, target, anchorFeature, conditionFeatures, classes } = schema;
  const columns = [...features, target].map((column) => column.name);
  const table = await readTable(path, { required: columns, requiredText: ['unit'] });
  const values = features.map((feature) => table.column(feature.name));
  const targets = table.column(target.name);
  const segments = [...rowsByUnit(table.text('unit'))].map(([unit, rows]): SensorSegment => ({
    unit,
    rows: rows.length,
    features: Float64Array.from(rows.flatMap((row) => values.map((column) => column[row]!))),
    target: Float64Array.from(rows, (row) => targets[row]!),
  }));
  return composeDataset({
    name: schema.name,
    task: schema.task,
    features,
    target,
    segments,
    source: basename(path),
    evaluateOn: schema.evaluateOn,
    ...(anchorFeature === undefined ? {} : { anchorFeature }),
    ...(conditionFeatures === undefined ? {} : { conditionFeatures }),
    ...(classes === undefined ? {} : { classes }),
  });
}

function rowsByUnit(units: readonly string[]): Map<string, number[]> {
  const rowsOf = new Map<string, number[]>();
  for (const [row, unit] of units.entries()) {
    const rows = rowsOf.get(unit);
    if (rows === undefined) rowsOf.set(unit, [row]);
    else rows.push(row);
  }
  return rowsOf;
}
