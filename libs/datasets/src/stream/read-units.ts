import type { DuckDBConnection } from '@duckdb/node-api';
import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { basename } from 'node:path';
import { classifySegment } from '../classify-target.js';
import { composeDataset } from '../compose-dataset.js';
import { DatasetError } from '../errors.js';
import { quoteName, quoteText } from '../table-source.js';
import { unreadable } from '../unreadable.js';
import { indexUnits, type IndexedUnit } from './unit-index.js';
import {
  asNumber,
  openReader,
  readSchema,
  unitColumn,
  unitRows,
  unitText,
  type UnitRows,
  type UnitTable,
} from './unit-table.js';

/**
 * Reads some units of a table and holds only these: a part for fitting the preprocessing, or for validation, of data that
 * are too large to be read whole. The same segments as from `readUnitTable`, in the order of the file.
 *
 * @throws DatasetError `DATASET_UNKNOWN_SUBSET` for a unit that is not there, and what `streamWindows` throws.
 */
export async function readUnits(table: UnitTable, units: readonly string[]): Promise<SensorDataset> {
  const { connection, close } = await openReader();
  try {
    const rows = await unitRows(connection, table);
    const index = await indexUnits(connection, table, { rows, counting: {} });
    const segments = await readSegments(connection, table, { rows, units: chooseUnits(table, index, units) });
    return composeDataset({ ...readSchema(table), segments, source: basename(table.path) });
  } finally {
    close();
  }
}

/** The named units, in the order of the file; all without names. */
export function chooseUnits(
  { path }: UnitTable,
  index: readonly IndexedUnit[],
  names: readonly string[] | undefined,
): readonly IndexedUnit[] {
  if (names === undefined) return index;
  const known = new Set(index.map(({ unit }) => unit));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0 || names.length === 0) {
    const what = names.length === 0 ? 'no unit is named' : `it has no unit "${unknown.join('", "')}"`;
    const message = `Cannot read units of "${path}": ${what}; name units of the file`;
    throw new DatasetError(message, { code: 'DATASET_UNKNOWN_SUBSET', details: { path, unknown } });
  }
  const wanted = new Set(names);
  return index.filter(({ unit }) => wanted.has(unit));
}

/** Reads the rows of some units, one segment each, in the order of the units. */
export async function readSegments(
  connection: DuckDBConnection,
  table: UnitTable,
  { rows, units }: { readonly rows: UnitRows; readonly units: readonly IndexedUnit[] },
): Promise<SensorSegment[]> {
  const { features, target } = table.schema;
  const list = units.map(({ unit }) => quoteText(unit)).join(', ');
  const columns = [...features, target].map(({ name }) => asNumber(name));
  const sql = `SELECT list_position([${list}], ${unitText()}) - 1, ${rows.rowNumber}::DOUBLE, ${columns.join(', ')} FROM (${rows.sql})
    WHERE ${quoteName(unitColumn)} IN (${list}) AND ${rowRanges(rows, units)}`;
  const segments = units.map((unit) => new SegmentFiller(unit, features.length));
  try {
    for await (const chunk of await connection.stream(sql, { ...rows.values })) {
      const [unitOf, numbers, ...values] = chunk.getColumns() as [number[], number[], ...(number | null)[][]];
      for (let i = 0; i < unitOf.length; i++) segments[unitOf[i]!]!.add(numbers[i]!, values, i);
    }
  } catch (cause) {
    throw unreadable(table.path, cause);
  }
  const changed = segments.find((segment) => !segment.isFull);
  if (changed !== undefined) throw changedFile(table.path, changed.unit.unit);
  const { targetClasses: classes } = table;
  const inOrder = segments.map((segment) => segment.inOrder());
  return classes === undefined ? inOrder : inOrder.map((segment) => classifySegment(segment, classes));
}

/** Where in the file the units lie, as a condition: DuckDB skips the parts of Parquet in which it cannot hold. */
function rowRanges({ rowNumber }: UnitRows, units: readonly IndexedUnit[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const { first, last } of [...units].sort((a, b) => a.first - b.first)) {
    const before = ranges.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else ranges.push({ first, last });
  }
  return `(${ranges.map(({ first, last }) => `${rowNumber} BETWEEN ${first} AND ${last}`).join(' OR ')})`;
}

/** Takes the rows of one unit as they come, and gives them in the order of the file. */
class SegmentFiller {
  readonly unit: IndexedUnit;
  readonly #segment: SensorSegment;
  /** Number in the file of each row that has come. */
  readonly #numbers: Float64Array;
  readonly #width: number;
  #rows = 0;

  constructor(unit: IndexedUnit, width: number) {
    this.unit = unit;
    this.#width = width;
    this.#numbers = new Float64Array(unit.rows);
    const features = new Float64Array(unit.rows * width);
    this.#segment = { unit: unit.unit, rows: unit.rows, features, target: new Float64Array(unit.rows) };
  }

  get isFull(): boolean {
    return this.#rows === this.unit.rows;
  }

  /** Row `i` of the columns: the features, then the target. A number that is not finite counts as missing. */
  add(number: number, columns: readonly (readonly (number | null)[])[], i: number): void {
    const at = this.#rows * this.#width;
    for (let column = 0; column < this.#width; column++) {
      this.#segment.features[at + column] = finite(columns[column]![i]!);
    }
    this.#segment.target[this.#rows] = finite(columns[this.#width]![i]!);
    this.#numbers[this.#rows] = number;
    this.#rows += 1;
  }

  inOrder(): SensorSegment {
    const { features, target, ...segment } = this.#segment;
    const numbers = this.#numbers;
    if (numbers.every((number, row) => row === 0 || number > numbers[row - 1]!)) return this.#segment;
    const order = Uint32Array.from(numbers.keys()).sort((a, b) => numbers[a]! - numbers[b]!);
    const sorted = new Float64Array(features.length);
    order.forEach((from, to) => {
      sorted.set(features.subarray(from * this.#width, (from + 1) * this.#width), to * this.#width);
    });
    return { ...segment, features: sorted, target: Float64Array.from(order, (from) => target[from]!) };
  }
}

function finite(value: number | null): number {
  return value !== null && Number.isFinite(value) ? value : Number.NaN;
}

function changedFile(path: string, unit: string): DatasetError {
  const message = `Cannot stream "${path}": unit "${unit}" has other rows than before; leave the file as it is while it is read`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path, unit } });
}
