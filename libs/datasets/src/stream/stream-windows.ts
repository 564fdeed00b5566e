import {
  segmentWindows,
  type PassOptions,
  type WindowBatch,
  type WindowOptions,
  type WindowSource,
} from '@i-drill/training/data';
import type { OpenDatabase } from '../open-database.js';
import { chooseUnits, readSegments } from './read-units.js';
import { rebatch } from './rebatch.js';
import { unitGroups } from './unit-groups.js';
import { indexUnits, type IndexedUnit } from './unit-index.js';
import { openReader, readSchema, unitRows, type UnitTable } from './unit-table.js';

/** What is streamed, and how. */
export interface StreamOptions extends UnitTable, WindowOptions {
  /** Takes only these units. @default all */
  readonly units?: readonly string[];
  /** Rows in memory at a time; more where one unit alone has more. @default 100 000 */
  readonly bufferRows?: number;
}

/** Windows read from a file while they are used. */
export interface WindowStream extends WindowSource {
  /** Units in the order of the file. */
  readonly units: readonly string[];
}

/**
 * The windows of a table that is never in memory as a whole. In each pass units are read in groups of at most `bufferRows`
 * rows, and the windows of a group are cut as their batch is due. With a generator, a group is made of runs of neighbouring
 * units drawn at random, and the windows of a group are shuffled among themselves; without, all windows come in the order of
 * the file, as `makeWindows` of `readUnitTable` gives them.
 *
 * A first pass counts windows and refuses values that are no numbers. Each group is a query for its units: on Parquet in
 * which the rows of a unit stand together it skips what it does not need, while CSV is read to its end for each group. DuckDB
 * is open during a pass only, and closed when the pass ends, fails or is left early.
 *
 * @throws DatasetError what `readTable` throws; `DATASET_COLUMN_NAN` when a unit that gives windows holds a value that is no
 * finite number; `DATASET_UNREADABLE` for a row without a unit, and during a pass when the file has changed;
 * `DATASET_UNKNOWN_SUBSET` for a unit that is not there.
 */
export async function streamWindows(options: StreamOptions): Promise<WindowStream> {
  const bufferRows = options.bufferRows ?? 100_000;
  requirePositive('windowLength', options.windowLength);
  requirePositive('stride', options.stride ?? 1);
  requirePositive('bufferRows', bufferRows);
  const units = chooseUnits(options, await readIndex(options), options.units);
  return {
    count: units.reduce((sum, { windows }) => sum + windows, 0),
    length: options.windowLength,
    featureCount: options.schema.features.length,
    units: units.map(({ unit }) => unit),
    batches: (pass) => {
      requirePositive('batchSize', pass.batchSize);
      return rebatch(streamPass({ options, units, bufferRows }, pass), pass.batchSize);
    },
  };
}

async function readIndex(options: StreamOptions): Promise<IndexedUnit[]> {
  const { connection, close } = await openReader();
  try {
    const rows = await unitRows(connection, options);
    return await indexUnits(connection, options, { rows, counting: options });
  } finally {
    close();
  }
}

/** What a pass goes over. */
export interface Stream {
  readonly options: StreamOptions;
  readonly units: readonly IndexedUnit[];
  readonly bufferRows: number;
}

/** One pass, in batches that end with their group. */
export async function* streamPass(
  { options, units, bufferRows }: Stream,
  pass: PassOptions,
  open: () => Promise<OpenDatabase> = openReader,
): AsyncGenerator<WindowBatch> {
  const { connection, close } = await open();
  try {
    const rows = await unitRows(connection, options);
    for (const group of unitGroups(units, bufferRows, pass.rng)) {
      const segments = await readSegments(connection, options, { rows, units: group });
      const dataset = { ...readSchema(options), segments, source: options.path, fingerprint: '' };
      yield* segmentWindows(dataset, options).batches(pass);
    }
  } finally {
    close();
  }
}

function requirePositive(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(`Cannot stream windows: ${name} is ${value}; give a whole number of at least 1`);
}
