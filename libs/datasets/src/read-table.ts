import type { DuckDBConnection } from '@duckdb/node-api';
import { requireColumns, requireHeader } from './column-checks.js';
import { DatasetError } from './errors.js';
import { openDatabase } from './open-database.js';
import { columnReader, readColumns, readTexts, textReader } from './read-columns.js';
import { emptyFile, requireFile } from './require-file.js';
import { createDataTable, formatOf, type ReadRequest } from './table-source.js';
import type { ReadTableOptions, Table, TableFormat } from './table.js';
import { unreadable } from './unreadable.js';

/**
 * Reads a table of numbers through DuckDB: CSV, TSV, blank-separated text (also packed, `.gz`) or Parquet. The whole table
 * is held in memory, eight bytes a value. Nothing is downloaded.
 *
 * @throws DatasetError `DATASET_FILE_MISSING`, `DATASET_EMPTY` (0 bytes or a header only), `DATASET_COLUMNS` (a required
 * column is missing or is text, or lines differ in width), `DATASET_COLUMN_NAN` (a required column without a number),
 * `DATASET_TOO_FEW_ROWS`, `DATASET_UNREADABLE` (anything else that DuckDB refuses). DuckDB's own words are in `cause`.
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  const format = await requireReadable(path, options);
  const { connection, close } = await openDatabase();
  try {
    return await readWith(connection, { path, format, options });
  } finally {
    close();
  }
}

/** Refuses what is no file of a known form, and gives its form. */
export async function requireReadable(path: string, options: ReadTableOptions): Promise<TableFormat> {
  const format = options.format ?? formatOf(path);
  await requireFile(path);
  if (format === undefined) throw unknownFormat(path);
  requireHeader(path, format, options.columnNames);
  return format;
}

async function readWith(connection: DuckDBConnection, request: ReadRequest): Promise<Table> {
  const { path, options } = request;
  const found = await loadRows(connection, request);
  if (found.rows === 0) throw emptyFile(path, 'it has no row of data');
  const texts = options.requiredText ?? [];
  requireColumns(path, found.columns, [...texts, ...(options.required ?? [])]);
  requireRows(path, found.rows, options.minRows ?? 2);
  const columns = options.required ?? found.columns;
  const column = columnReader(path, await readColumns(connection, columns, found.rows));
  options.required?.forEach(column);
  const text = textReader(path, await readTexts(connection, texts));
  return { path, columns: [...new Set([...texts, ...columns])], rows: found.rows, column, text };
}

async function loadRows(
  connection: DuckDBConnection,
  request: ReadRequest,
): Promise<{ columns: string[]; rows: number }> {
  try {
    await createDataTable(connection, request);
  } catch (cause) {
    throw unreadable(request.path, cause);
  }
  const columns = (await connection.run('SELECT * FROM data LIMIT 0')).columnNames();
  const counted = await connection.runAndReadAll('SELECT count(*)::DOUBLE FROM data');
  return { columns, rows: counted.value(0, 0) as number };
}

function requireRows(path: string, rows: number, minRows: number): void {
  if (rows >= minRows) return;
  const count = rows === 1 ? '1 row' : `${rows} rows`;
  const message = `Cannot read "${path}": it has ${count}, at least ${minRows} are needed; give more data`;
  throw new DatasetError(message, { code: 'DATASET_TOO_FEW_ROWS', details: { path, rows, minRows } });
}

function unknownFormat(path: string): DatasetError {
  const message = `Cannot read "${path}": the form of its ending is not known; name the file .csv, .tsv, .txt, .dat (these also .gz) or .parquet`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path } });
}
