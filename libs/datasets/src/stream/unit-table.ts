import type { DuckDBConnection } from '@duckdb/node-api';
import { classSchema, type TargetClasses } from '../classify-target.js';
import { requireColumns } from '../column-checks.js';
import { openDatabase, type OpenDatabase } from '../open-database.js';
import type { TableSchema } from '../read-unit-table.js';
import { requireReadable } from '../read-table.js';
import { quoteName, rowsQuery, type RowsQuery } from '../table-source.js';
import type { ReadTableOptions, TableFormat } from '../table.js';
import { unreadable } from '../unreadable.js';

/** A file of labelled rows of many units: a column `unit`, one column per feature and one for the target. */
export interface UnitTable extends Pick<ReadTableOptions, 'format' | 'columnNames'> {
  readonly path: string;
  /** Names the columns. Any data set is a schema. */
  readonly schema: TableSchema;
  /** The target, a number in the file, is cut into these. @default it stays a number */
  readonly targetClasses?: TargetClasses;
}

/** What the rows of a table are once they are read. */
export function readSchema({ schema, targetClasses }: UnitTable): TableSchema {
  return targetClasses === undefined ? schema : classSchema(schema, targetClasses);
}

/** Name of the column that says which unit a row belongs to. */
export const unitColumn = 'unit';

/** DuckDB keeps within this when it reads; it has no table of its own here. */
const readingSettings = { memory_limit: '256MB', threads: '1' };

/** Opens DuckDB to read a file piece by piece. */
export const openReader = (): Promise<OpenDatabase> => openDatabase(readingSettings);

/** The rows of a table of units. */
export interface UnitRows extends RowsQuery {
  /**
   * What gives the number of a row in the file. DuckDB does not hand rows on in the order of the file (a filter keeps few rows
   * back until there are more), and rows of Parquet can be found by it without reading all before them.
   */
  readonly rowNumber: string;
}

/** The rows of the file, its columns checked. */
export async function unitRows(connection: DuckDBConnection, table: UnitTable): Promise<UnitRows> {
  const { path, schema } = table;
  const format: TableFormat = await requireReadable(path, table);
  try {
    const rows = await rowsQuery(connection, { path, format, options: table, rowNumbers: true });
    const found = await connection.run(`SELECT * FROM (${rows.sql}) LIMIT 0`, { ...rows.values });
    requireColumns(path, found.columnNames(), [
      unitColumn,
      ...schema.features.map(({ name }) => name),
      schema.target.name,
    ]);
    return format === 'parquet' ? { ...rows, rowNumber: 'file_row_number' } : numbered(rows);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Text is read by one thread from its first line to its last, so its rows can be counted as they come. */
function numbered({ sql, values }: RowsQuery): UnitRows {
  const rowNumber = quoteName('number of the row');
  return { sql: `SELECT *, row_number() OVER () - 1 AS ${rowNumber} FROM (${sql})`, values, rowNumber };
}

/** A column as numbers; what is none is NULL. */
export function asNumber(name: string): string {
  return `TRY_CAST(${quoteName(name)} AS DOUBLE)`;
}

/** The unit of a row as text; empty where it has none. */
export function unitText(): string {
  return `coalesce(CAST(${quoteName(unitColumn)} AS VARCHAR), '')`;
}
