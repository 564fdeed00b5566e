import type { DuckDBConnection } from '@duckdb/node-api';
import type { WindowOptions } from '@i-drill/training/data';
import { DatasetError } from '../errors.js';
import { emptyFile } from '../require-file.js';
import { unreadable } from '../unreadable.js';
import { asNumber, unitText, type UnitRows, type UnitTable } from './unit-table.js';

/** What is known of a unit before its rows are read. */
export interface IndexedUnit {
  readonly unit: string;
  readonly rows: number;
  /** Windows that end in it. */
  readonly windows: number;
  /** Numbers of its first and last row in the file. */
  readonly first: number;
  readonly last: number;
}

/** How windows are counted. */
type Counting = Pick<WindowOptions, 'stride' | 'only'>;

/**
 * The units of a file in the order of their first rows, found in one pass that keeps a few numbers per unit.
 *
 * @throws DatasetError `DATASET_EMPTY`, `DATASET_UNREADABLE` for a row without a unit, and `DATASET_COLUMN_NAN` when a unit
 * that gives windows holds a value that is no finite number
 */
export async function indexUnits(
  connection: DuckDBConnection,
  table: UnitTable,
  { rows, counting }: { readonly rows: UnitRows; readonly counting: Counting },
): Promise<IndexedUnit[]> {
  const { features, target } = table.schema;
  const faults = features.map(({ name }, i) => `WHEN NOT coalesce(isfinite(${asNumber(name)}), false) THEN ${i}`);
  const number = `${rows.rowNumber}::DOUBLE`;
  const sql = `SELECT ${unitText()}, ${asNumber(target.name)}, CASE ${faults.join(' ')} ELSE -1 END, ${number} FROM (${rows.sql})`;
  const tallies = new Map<string, UnitTally>();
  try {
    for await (const chunk of await connection.stream(sql, { ...rows.values })) {
      const [units, targets, faulty, numbers] = chunk.getColumns() as [string[], (number | null)[], number[], number[]];
      for (let i = 0; i < units.length; i++) {
        const tally = tallies.get(units[i]!) ?? new UnitTally(counting, numbers[i]!);
        tallies.set(units[i]!, tally);
        tally.add({ isLabelled: Number.isFinite(targets[i]), faultyColumn: faulty[i]!, number: numbers[i]! });
      }
    }
  } catch (cause) {
    throw unreadable(table.path, cause);
  }
  if (tallies.size === 0) throw emptyFile(table.path, 'it has no row of data');
  for (const [unit, tally] of tallies) requireUsable(table, unit, tally);
  return [...tallies].map(([unit, { rows: count, windows, first, last }]) => ({
    unit,
    rows: count,
    windows,
    first,
    last,
  }));
}

/** Counts rows and windows of one unit. Windows lie `stride` apart counted from the last row, which shows only at the end. */
class UnitTally {
  rows = 0;
  readonly first: number;
  last: number;
  /** The first value that is no finite number. */
  fault: { readonly column: number; readonly row: number } | undefined;
  readonly #counting: Counting;
  /** Rows with a target, by row number modulo stride. */
  readonly #labelled: number[];

  constructor(counting: Counting, first: number) {
    this.#counting = counting;
    this.first = first;
    this.last = first;
    this.#labelled = new Array<number>(counting.stride ?? 1).fill(0);
  }

  add({ isLabelled, faultyColumn, number }: { isLabelled: boolean; faultyColumn: number; number: number }): void {
    this.last = number;
    if (isLabelled) this.#labelled[this.rows % this.#labelled.length]! += 1;
    if (faultyColumn >= 0) this.fault ??= { column: faultyColumn, row: this.rows };
    this.rows += 1;
  }

  get windows(): number {
    if (this.#counting.only === 'last-row') return this.#labelled.some((count) => count > 0) ? 1 : 0;
    return this.#labelled[(this.rows - 1) % this.#labelled.length]!;
  }
}

function requireUsable({ path, schema }: UnitTable, unit: string, { fault, windows }: UnitTally): void {
  if (unit === '') {
    const message = `Cannot stream "${path}": a row has no unit; name the unit of every row`;
    throw new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path } });
  }
  if (fault === undefined || windows === 0) return;
  const column = schema.features[fault.column]!.name;
  const message = `Cannot stream "${path}": column "${column}" of unit "${unit}" holds no finite number at row ${fault.row}; fill or drop missing values first`;
  throw new DatasetError(message, { code: 'DATASET_COLUMN_NAN', details: { path, column, unit, row: fault.row } });
}
