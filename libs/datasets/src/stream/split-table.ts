import type { SensorDataset, SplitDataset } from '@i-drill/core';
import { shuffle } from '@i-drill/numerics';
import type { WindowOptions } from '@i-drill/training/data';
import { DatasetError } from '../errors.js';
import { addSegment, beginFingerprint } from '../fingerprint.js';
import { splitGroups, type SplitShares } from '../split-groups.js';
import { unreadable } from '../unreadable.js';
import { chooseUnits, readSegments, readUnits } from './read-units.js';
import { streamWindows, type WindowStream } from './stream-windows.js';
import { unitGroups } from './unit-groups.js';
import { indexUnits, type IndexedUnit } from './unit-index.js';
import { openReader, readSchema, unitRows, type UnitRows, type UnitTable } from './unit-table.js';

/** How a table that is too large for memory is cut into parts. */
export interface TableSplitOptions extends SplitShares {
  /** Units to test on. Absent: the test part is drawn. */
  readonly test?: readonly string[];
  /** Rows that any part may have in memory. */
  readonly rowsInMemory: number;
}

/** Parts of a table of which the training part is not in memory. */
export interface SplitTable {
  /** `train` is a sample of the training units, drawn from `rng`: what scalers and baselines are fitted on. */
  readonly parts: SplitDataset;
  /** The training part itself. */
  readonly train: TrainingStream;
  /** Of the whole table: the same as that of `readUnitTable`. */
  readonly fingerprint: string;
  readonly rows: number;
  readonly units: number;
}

/** A training part that is read while it is used. */
export interface TrainingStream {
  readonly rows: number;
  readonly units: number;
  /** Its windows; rows are read anew in every pass. */
  readonly open: (windows: WindowOptions) => Promise<WindowStream>;
}

/**
 * Counts the rows of a table of units without reading them.
 *
 * @throws DatasetError `DATASET_FILE_MISSING`, `DATASET_EMPTY` for no bytes, `DATASET_COLUMNS`, `DATASET_UNREADABLE`
 */
export async function countRows(table: UnitTable): Promise<number> {
  return withRows(table, async ({ connection, rows: { sql, values } }) => {
    try {
      const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM (${sql})`, { ...values });
      return counted.value(0, 0) as number;
    } catch (cause) {
      throw unreadable(table.path, cause);
    }
  });
}

/**
 * Cuts a table into parts as `splitByUnit` does, without ever holding more of it than `rowsInMemory` rows per part: the
 * training part is streamed, the others are read.
 *
 * @throws DatasetError `DATASET_TOO_LARGE` for another part that has more rows; `DATASET_TOO_FEW_UNITS`, `DATASET_UNKNOWN_SUBSET`, and
 *   what `streamWindows` throws
 */
export async function splitTable(table: UnitTable, options: TableSplitOptions): Promise<SplitTable> {
  const { index, fingerprint } = await withRows(table, async (rows) => {
    const found = await readIndex(table, rows);
    return { index: found, fingerprint: await fingerprintOf(table, rows, found) };
  });
  const units = index.map(({ unit }) => unit);
  const named = options.test && { test: new Set(chooseUnits(table, index, options.test).map(({ unit }) => unit)) };
  const { name } = table.schema;
  const split = splitGroups({ name, groups: units, ...named }, options);
  const unitsOf = (part: ReadonlySet<string>): IndexedUnit[] => index.filter(({ unit }) => part.has(unit));
  const read = (part: string, chosen: ReadonlySet<string>): Promise<SensorDataset> =>
    readPart(table, { name: `${name}/${part}`, units: unitsOf(chosen), most: options.rowsInMemory });
  const train = unitsOf(split.train);
  const parts = {
    train: await readNamed(table, `${name}/train-sample`, sampleOf(train, options)),
    validation: await read('validation', split.validation),
    ...(split.calibration === undefined ? {} : { calibration: await read('calibration', split.calibration) }),
    test: await read('test', split.test),
  };
  return { parts, train: trainingStream(table, train, options), fingerprint, rows: rowsOf(index), units: index.length };
}

async function withRows<T>(table: UnitTable, use: (reader: Reader) => Promise<T>): Promise<T> {
  const { connection, close } = await openReader();
  try {
    return await use({ connection, rows: await unitRows(connection, table) });
  } finally {
    close();
  }
}

interface Reader {
  readonly connection: Awaited<ReturnType<typeof openReader>>['connection'];
  readonly rows: UnitRows;
}

function readIndex(table: UnitTable, { connection, rows }: Reader): Promise<IndexedUnit[]> {
  return indexUnits(connection, table, { rows, counting: {} });
}

/** Units in the order of the file, as many at a time as a pass of windows reads. */
async function fingerprintOf(
  table: UnitTable,
  { connection, rows }: Reader,
  index: readonly IndexedUnit[],
): Promise<string> {
  const hash = beginFingerprint(readSchema(table));
  const all = index.map((unit) => ({ ...unit, windows: Math.max(1, unit.windows) })); // also those without a window
  for (const group of unitGroups(all, groupRows)) {
    for (const segment of await readSegments(connection, table, { rows, units: group })) addSegment(hash, segment);
  }
  return hash.digest('hex');
}

const groupRows = 100_000;

/** Units in an order drawn from the generator, as long as they fit; one in any case. */
function sampleOf(units: readonly IndexedUnit[], { rng, rowsInMemory }: TableSplitOptions): IndexedUnit[] {
  const sample: IndexedUnit[] = [];
  let left = rowsInMemory;
  for (const unit of shuffle(units, rng)) {
    if (sample.length > 0 && unit.rows > left) break;
    sample.push(unit);
    left -= unit.rows;
  }
  return sample;
}

interface PartToRead {
  readonly name: string;
  readonly units: readonly IndexedUnit[];
  /** Rows it may have. */
  readonly most: number;
}

async function readPart(table: UnitTable, { name, units, most }: PartToRead): Promise<SensorDataset> {
  const rows = rowsOf(units);
  if (rows <= most) return readNamed(table, name, units);
  const message = `Cannot hold "${name}": it has ${rows} rows, ${most} are allowed in memory; make its share smaller or allow more`;
  throw new DatasetError(message, { code: 'DATASET_TOO_LARGE', details: { part: name, rows, most } });
}

async function readNamed(table: UnitTable, name: string, units: readonly IndexedUnit[]): Promise<SensorDataset> {
  const read = await readUnits(table, units.map(({ unit }) => unit)); // prettier-ignore
  return { ...read, name };
}

function trainingStream(
  table: UnitTable,
  units: readonly IndexedUnit[],
  { rowsInMemory }: TableSplitOptions,
): TrainingStream {
  const names = units.map(({ unit }) => unit);
  const bufferRows = Math.min(groupRows, rowsInMemory);
  return {
    rows: rowsOf(units),
    units: units.length,
    open: (windows) => streamWindows({ ...table, ...windows, units: names, bufferRows }),
  };
}

function rowsOf(units: readonly IndexedUnit[]): number {
  return units.reduce((sum, { rows }) => sum + rows, 0);
}
