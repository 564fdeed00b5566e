import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { requireColumns } from './column-checks.js';
import { DatasetError } from './errors.js';
import { quoteName } from './table-source.js';

/** One column as read: its numbers, and the first word that is none. */
interface ReadColumn {
  readonly values: Float64Array;
  readonly firstWord: string | undefined;
}

/** Words that say "no value". */
const missingWords = ['', 'na', 'n/a', 'nan', 'null', 'none'];

/** The numbers of the named columns of the table `data`. */
export async function readColumns(
  connection: DuckDBConnection,
  names: readonly string[],
  rows: number,
): Promise<Map<string, ReadColumn>> {
  const numbers = names.map((name) => `TRY_CAST(${quoteName(name)} AS DOUBLE)`);
  const result = await connection.run(`SELECT ${numbers.join(', ')} FROM data`);
  const values = names.map(() => new Float64Array(rows).fill(NaN));
  let start = 0;
  for (const chunk of await result.fetchAllChunks()) {
    values.forEach((column, i) => {
      copyNumbers(chunk.getColumnValues(i), column, start);
    });
    start += chunk.rowCount;
  }
  const columns = new Map<string, ReadColumn>();
  for (const [i, name] of names.entries()) {
    const firstWord = values[i]!.some(Number.isNaN) ? await findFirstWord(connection, name) : undefined;
    columns.set(name, { values: values[i]!, firstWord });
  }
  return columns;
}

/** A function that gives out columns, and refuses what is no column of numbers. */
export function columnReader(path: string, columns: ReadonlyMap<string, ReadColumn>): (name: string) => Float64Array {
  return (name) => {
    requireColumns(path, [...columns.keys()], [name]);
    const { values, firstWord } = columns.get(name)!;
    if (firstWord !== undefined) throw textColumn(path, name, firstWord);
    if (values.every(Number.isNaN)) throw columnWithoutNumber(path, name, values.length);
    return values;
  };
}

/** The named columns of the table `data` as text. */
export async function readTexts(
  connection: DuckDBConnection,
  names: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const columns = new Map<string, readonly string[]>();
  for (const name of names) {
    const sql = `SELECT coalesce(CAST(${quoteName(name)} AS VARCHAR), '') FROM data`;
    const [values] = (await connection.runAndReadAll(sql)).getColumns();
    columns.set(name, (values ?? []) as string[]);
  }
  return columns;
}

/** A function that gives out the columns read as text. */
export function textReader(
  path: string,
  columns: ReadonlyMap<string, readonly string[]>,
): (name: string) => readonly string[] {
  return (name) => {
    requireColumns(path, [...columns.keys()], [name]);
    return columns.get(name)!;
  };
}

function copyNumbers(from: readonly DuckDBValue[], to: Float64Array, start: number): void {
  from.forEach((value, i) => {
    if (typeof value === 'number' && Number.isFinite(value)) to[start + i] = value;
  });
}

/** The first value of a column that is neither a number nor a word for "no value". */
async function findFirstWord(connection: DuckDBConnection, name: string): Promise<string | undefined> {
  const text = `trim(CAST(${quoteName(name)} AS VARCHAR))`;
  const missing = missingWords.map((word) => `'${word}'`).join(', ');
  const sql = `SELECT ${text} FROM data WHERE ${quoteName(name)} IS NOT NULL AND lower(${text}) NOT IN (${missing})
    AND TRY_CAST(${quoteName(name)} AS DOUBLE) IS NULL LIMIT 1`;
  const found = await connection.runAndReadAll(sql);
  return found.currentRowCount === 0 ? undefined : (found.value(0, 0) as string);
}

function textColumn(path: string, column: string, word: string): DatasetError {
  const message = `Cannot read "${path}": column "${column}" is no column of numbers, it holds "${word}"; correct the value or leave the column out`;
  return new DatasetError(message, { code: 'DATASET_COLUMNS', details: { path, column, value: word } });
}

function columnWithoutNumber(path: string, column: string, rows: number): DatasetError {
  const message = `Cannot read "${path}": column "${column}" holds no number in ${rows} rows; check the sensor or leave the column out`;
  return new DatasetError(message, { code: 'DATASET_COLUMN_NAN', details: { path, column, rows } });
}
