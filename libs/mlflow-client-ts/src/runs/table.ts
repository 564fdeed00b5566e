import { invalidValue } from '../faults.js';
import type { JsonValue } from '../model/mlmodel.js';
import { toPlainValue } from './plain-value.js';

/** A table as rows (`[{ text: 'a', score: 1 }]`) or as columns of one length (`{ text: ['a'], score: [1] }`). */
export type TableData = readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, readonly unknown[]>>;

/** A table as pandas writes it with `orient="split"`, which is MLflow's file format. */
export interface SplitTable {
  readonly columns: readonly string[];
  /** One list per row; null where a row has no value. */
  readonly data: readonly (readonly JsonValue[])[];
}

/** Rows or columns as a table. NaN and infinities are null, as pandas writes them; `undefined` is null. */
export function toSplitTable(path: string, data: TableData): SplitTable {
  return isRows(data) ? fromRows(path, data) : fromColumns(path, data);
}

function isRows(data: TableData): data is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(data);
}

function fromRows(path: string, rows: readonly Readonly<Record<string, unknown>>[]): SplitTable {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, data: rows.map((row) => columns.map((column) => cell(path, ownValue(row, column)))) };
}

/** A row without a column `constructor` has no value there, not the function that every object inherits. */
function ownValue(row: Readonly<Record<string, unknown>>, column: string): unknown {
  return Object.hasOwn(row, column) ? row[column] : undefined;
}

function fromColumns(path: string, data: Readonly<Record<string, readonly unknown[]>>): SplitTable {
  const columns = Object.keys(data);
  const [first = '', ...others] = columns;
  const rowCount = data[first]?.length ?? 0;
  const odd = others.find((column) => data[column]?.length !== rowCount);
  if (odd !== undefined) {
    throw invalidValue(
      `Cannot log table "${path}": column "${odd}" has ${data[odd]?.length ?? 0} values, column "${first}" has ${rowCount}; fill them up`,
      { path },
    );
  }
  return {
    columns,
    data: Array.from({ length: rowCount }, (_, i) => columns.map((column) => cell(path, data[column]?.[i]))),
  };
}

function cell(path: string, value: unknown): JsonValue {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return null;
  return toPlainValue(`log table "${path}"`, value);
}

/** Both tables below each other: the columns of the first, then those only the second has; null where a row has no value. */
export function appendTable(table: SplitTable, more: SplitTable): SplitTable {
  const columns = [...table.columns, ...more.columns.filter((column) => !table.columns.includes(column))];
  return { columns, data: [...arrange(table, columns), ...arrange(more, columns)] };
}

function arrange(table: SplitTable, columns: readonly string[]): (readonly JsonValue[])[] {
  const places = columns.map((column) => table.columns.indexOf(column));
  return table.data.map((row) => places.map((place) => row[place] ?? null));
}

/** Reads the file of a table; the index that older writers add is ignored. */
export function parseTable(path: string, text: string): SplitTable {
  try {
    const { columns, data } = JSON.parse(text) as Partial<SplitTable>;
    if (Array.isArray(columns) && Array.isArray(data)) return { columns, data };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidValue(`Cannot append to table "${path}": what the run has there is no table; choose another path`, {
    path,
  });
}

interface LoggedArtifact {
  readonly path: string;
  readonly type: string;
}

/** The tag `mlflow.loggedArtifacts`, from which MLflow finds tables, with one more table in it. */
export function loggedArtifactsTag(current: string | undefined, path: string): string {
  const known = current === undefined ? [] : (JSON.parse(current) as LoggedArtifact[]);
  const isKnown = known.some((artifact) => artifact.path === path && artifact.type === 'table');
  return JSON.stringify(isKnown ? known : [...known, { path, type: 'table' }]);
}
