import { basename } from 'node:path';
import type { SplitDataset } from '@i-drill/core';
import {
  countRows,
  inferFeatures,
  readUnitTable,
  splitTable,
  type TableSchema,
  type UnitTable,
} from '@i-drill/datasets';
import { createRng } from '@i-drill/numerics';
import type { StreamedTraining } from '@i-drill/workflows';
import { CliError } from '../errors.js';
import { withUnits, type TablePart } from './data-part.js';
import type { DataPlan } from './data-plan.js';

/** Parts of a table, of which the training part is read while it is used. */
export interface StreamedTable {
  readonly data: SplitDataset;
  readonly streamed: StreamedTraining;
  /** Before its target was cut into classes. */
  readonly schema: TableSchema;
  readonly fingerprint: string;
  readonly rows: number;
  readonly units: number;
}

/** The plan with the features of its table: those that are named, or every column of numbers. */
export async function withFeatures(plan: DataPlan): Promise<DataPlan> {
  const parts = plan.parts.map(async (part) => {
    if (part.kind !== 'table' || part.features !== undefined) return part;
    return { ...part, features: withUnits(await inferFeatures(part.path, part.target.name), part.units) };
  });
  return { ...plan, parts: await Promise.all(parts) };
}

/** Reads a table whole. */
export function loadTable(part: TablePart): ReturnType<typeof readUnitTable> {
  return readUnitTable(part.path, schemaOf(part));
}

/**
 * The parts of a table that has more rows than are to be in memory; `undefined` for any other plan.
 *
 * @throws CliError `CLI_WRONG_VALUE` where arrivals are to be added to it: they would have to be in the file
 */
export async function streamedTable({ parts, split, classes }: DataPlan): Promise<StreamedTable | undefined> {
  const [first, ...others] = parts;
  if (first?.kind !== 'table') return undefined;
  const schema = schemaOf(first);
  const table: UnitTable = { path: first.path, schema, ...(classes === undefined ? {} : { targetClasses: classes }) };
  if ((await countRows(table)) <= first.rowsInMemory) return undefined;
  if (others.length > 0) throw arrivalsBesideStream(first);
  const { seed, ...shares } = split;
  const test = first.testUnits.length === 0 ? {} : { test: first.testUnits };
  const { rowsInMemory } = first;
  const { parts: data, train, ...whole } = await splitTable(table, { ...shares, ...test, rng: createRng(seed), rowsInMemory }); // prettier-ignore
  return { data, streamed: train, schema, ...whole };
}

function schemaOf({ path, task, target, features = [], evaluateOn }: TablePart): TableSchema {
  return { name: basename(path), task, features, target, evaluateOn };
}

function arrivalsBesideStream({ path, rowsInMemory }: TablePart): CliError {
  const message =
    `Cannot add labelled arrivals to "${path}": it has more than ${rowsInMemory} rows and is not held in memory; ` +
    'append the arrivals to the file and train anew, or raise data.table.rows_in_memory';
  return new CliError(message, { code: 'CLI_WRONG_VALUE', details: { path, rowsInMemory } });
}
