import type { DuckDBConnection } from '@duckdb/node-api';
import { requireDistinct } from './column-checks.js';
import { headerNames } from './header-names.js';
import type { ReadTableOptions, TableFormat } from './table.js';

/** One file to read. */
export interface ReadRequest {
  readonly path: string;
  readonly format: TableFormat;
  readonly options: ReadTableOptions;
  /** Adds the column `file_row_number` to the rows of Parquet. @default false */
  readonly rowNumbers?: boolean;
}

const formatOfEnding: Readonly<Record<string, TableFormat>> = {
  csv: 'comma',
  tsv: 'tab',
  txt: 'blanks',
  dat: 'blanks',
  parquet: 'parquet',
};

/** The form that a file's ending promises. */
export function formatOf(path: string): TableFormat | undefined {
  const ending = /\.([^.]+?)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : formatOfEnding[ending];
}

/** A query that gives the rows of a file, and what stands for its parameters. */
export interface RowsQuery {
  readonly sql: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Puts the rows of a file into the table `data`. Text stays text here: what is a number is decided column by column. */
export async function createDataTable(connection: DuckDBConnection, request: ReadRequest): Promise<void> {
  const { sql, values } = await rowsQuery(connection, request);
  await connection.run(`CREATE TABLE data AS ${sql}`, { ...values });
}

/** The rows of a file in its order, all columns. */
export async function rowsQuery(connection: DuckDBConnection, request: ReadRequest): Promise<RowsQuery> {
  const { format, options, rowNumbers = false } = request;
  const values = { path: literalPath(request.path) };
  if (format === 'parquet') {
    return { sql: `SELECT * FROM read_parquet($path, file_row_number = ${rowNumbers})`, values };
  }
  if (format === 'blanks') return { sql: blankSeparated(options.columnNames ?? []), values };
  return delimitedRows(connection, request, delimiters[format]);
}

const delimiters: Readonly<Record<'comma' | 'semicolon' | 'tab', string>> = { comma: ',', semicolon: ';', tab: '\t' };

/**
 * DuckDB's guess of the dialect ends in a page of advice when a line is too short or too long; told the columns, it names
 * the line. So the header is read first, as one line, and then the rows strictly.
 */
async function delimitedRows(
  connection: DuckDBConnection,
  request: ReadRequest,
  delimiter: string,
): Promise<RowsQuery> {
  const { columnNames } = request.options;
  const path = literalPath(request.path);
  const names = columnNames ?? headerNames(await readFirstLine(connection, path), delimiter);
  requireDistinct(request.path, names);
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  const sql = `SELECT * FROM read_csv($path, delim = $delimiter, quote = '"', escape = '"', comment = '',
    skip = 0, auto_detect = false, header = ${columnNames === undefined}, columns = {${columns}})`;
  return { sql, values: { path, delimiter } };
}

/** Whole lines of a text file, as the column `line`: byte 1, the separator, does not occur in text. */
const wholeLines = `read_csv($path, auto_detect = false, header = false, columns = {'line': 'VARCHAR'}, delim = chr(1),
  quote = '', escape = '', strict_mode = false)`;

async function readFirstLine(connection: DuckDBConnection, path: string): Promise<string> {
  const found = await connection.runAndReadAll(`SELECT line FROM ${wholeLines} LIMIT 1`, { path });
  return found.currentRowCount === 0 ? '' : ((found.value(0, 0) as string | null) ?? '');
}

/**
 * DuckDB takes every single blank for a separator, so each line is read whole and split at runs of blanks. A line of
 * another width must not lose or gain a value unseen.
 */
function blankSeparated(names: readonly string[]): string {
  const spaced = `replace(replace(line, chr(9), ' '), chr(13), '')`; // translate() doubles the time
  const words = `list_filter(string_split(${spaced}, ' '), lambda word : word <> '')`;
  const lines = `SELECT line, ${words} AS words FROM ${wholeLines}`;
  const problem = `'line "' || left(trim(line), 40) || '" has a width of ' || len(words) || ', expected ${names.length}'`;
  const checked = `SELECT CASE WHEN len(words) = ${names.length} THEN words ELSE error(${problem}) END AS words
    FROM (${lines}) WHERE len(words) > 0`;
  const columns = names.map((name, i) => `words[${i + 1}] AS ${quoteName(name)}`);
  return `SELECT ${columns.join(', ')} FROM (${checked})`;
}

/** DuckDB takes a path for a pattern; in brackets, a pattern character stands for itself. */
function literalPath(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

/** A name inside a query. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text inside a query. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
