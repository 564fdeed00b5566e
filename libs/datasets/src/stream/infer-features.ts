import type { FeatureSpec } from '@i-drill/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { requireColumns } from '../column-checks.js';
import { DatasetError } from '../errors.js';
import { requireReadable } from '../read-table.js';
import { emptyFile } from '../require-file.js';
import { quoteName, rowsQuery, type RowsQuery } from '../table-source.js';
import type { ReadTableOptions } from '../table.js';
import { unreadable } from '../unreadable.js';
import { openReader, unitColumn } from './unit-table.js';

/** Rows that show whether a column of text holds numbers. */
const rowsLookedAt = 10_000;

const numberTypes = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/;

/**
 * The features of a table of units nobody has described: every column of numbers but `unit` and the target, in the order of the
 * file. Text counts as a number where the first 10 000 rows hold nothing else, and something.
 *
 * @returns features without a unit (`-`)
 * @throws DatasetError what `readTable` throws; `DATASET_EMPTY` for a header only; `DATASET_COLUMNS` without a column `unit`, the target, or any feature
 */
export async function inferFeatures(
  path: string,
  target: string,
  options: Pick<ReadTableOptions, 'format' | 'columnNames'> = {},
): Promise<FeatureSpec[]> {
  const format = await requireReadable(path, options);
  const { connection, close } = await openReader();
  try {
    const rows = await rowsQuery(connection, { path, format, options });
    const columns = await columnsOf(connection, path, rows);
    requireColumns(path, columns.map(({ name }) => name), [unitColumn, target]); // prettier-ignore
    const features = columns.filter(({ name, isNumber }) => isNumber && name !== unitColumn && name !== target);
    if (features.length === 0) throw (await hasRow(connection, rows)) ? noFeature(path, target) : emptyFile(path, 'it has no row of data'); // prettier-ignore
    return features.map(({ name }) => ({ name, unit: '-' }));
  } finally {
    close();
  }
}

interface FoundColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

async function columnsOf(
  connection: DuckDBConnection,
  path: string,
  { sql, values }: RowsQuery,
): Promise<FoundColumn[]> {
  try {
    const described = await connection.runAndReadAll(`DESCRIBE ${sql}`, { ...values });
    const types = described.getColumnsObject() as { column_name: string[]; column_type: string[] };
    const texts = types.column_name.filter((_, i) => types.column_type[i] === 'VARCHAR');
    const ofNumbers = new Set(await textsOfNumbers(connection, texts, { sql, values }));
    return types.column_name.map((name, i) => ({
      name,
      isNumber: numberTypes.test(types.column_type[i]!) || ofNumbers.has(name),
    }));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function textsOfNumbers(
  connection: DuckDBConnection,
  names: readonly string[],
  { sql, values }: RowsQuery,
): Promise<string[]> {
  if (names.length === 0) return [];
  const checks = names.map((name) => {
    const given = `nullif(trim(${quoteName(name)}), '')`;
    return `count(${given}) > 0 AND count(${given}) = count(TRY_CAST(${given} AS DOUBLE))`;
  });
  const looked = `SELECT ${checks.join(', ')} FROM (SELECT * FROM (${sql}) LIMIT ${rowsLookedAt})`;
  const [answers] = (await connection.runAndReadAll(looked, { ...values })).getRows();
  return names.filter((_, i) => answers?.[i] === true);
}

async function hasRow(connection: DuckDBConnection, { sql, values }: RowsQuery): Promise<boolean> {
  return (await connection.runAndReadAll(`SELECT 1 FROM (${sql}) LIMIT 1`, { ...values })).currentRowCount > 0;
}

function noFeature(path: string, target: string): DatasetError {
  const message = `Cannot read "${path}": it has no column of numbers but "${unitColumn}" and "${target}"; give columns to learn from`;
  return new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path } });
}
