import type { SensorSegment } from '@i-drill/core';
import { DatasetError } from '../errors.js';
import type { Table } from '../table.js';

/** The rows of one engine: `start` up to, not including, `end`. */
export interface Engine {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Finds the engines of a file; their rows must stand together, cycle after cycle. */
export function readEngines(table: Table): Engine[] {
  const numbers = table.column('unit');
  const cycles = table.column('cycle');
  const starts = [...numbers.keys()].filter((row) => row === 0 || numbers[row] !== numbers[row - 1]);
  const engines = starts.map((start, i) => ({ number: numbers[start]!, start, end: starts[i + 1] ?? table.rows }));
  requireOrder(table.path, engines, cycles);
  return engines;
}

function requireOrder(path: string, engines: readonly Engine[], cycles: Float64Array): void {
  const seen = new Set<number>();
  for (const { number, start, end } of engines) {
    if (seen.has(number)) throw disorder(path, start, `engine ${number} starts again`);
    seen.add(number);
    for (let row = start + 1; row < end; row++) {
      const [cycle, before] = [cycles[row]!, cycles[row - 1]!];
      if (cycle !== before + 1) throw disorder(path, row, `cycle ${cycle} of engine ${number} follows cycle ${before}`);
    }
  }
}

function disorder(path: string, row: number, problem: string): DatasetError {
  const message = `Cannot read "${path}": at line ${row + 1}, ${problem}; sort the file by engine and cycle, with no cycle missing`;
  return new DatasetError(message, { code: 'DATASET_UNREADABLE', details: { path, line: row + 1 } });
}

/** What segments are made from. */
interface SegmentSource {
  /** The columns to keep, each of the length of the file. */
  readonly values: readonly Float64Array[];
  /** Cycles left after the last row, per engine of the file. */
  readonly cyclesLeft: readonly number[];
  readonly unitPrefix: string;
}

/** One segment per engine. The target counts down to the engine's cycles left. */
export function toSegments(
  engines: readonly Engine[],
  { values, cyclesLeft, unitPrefix }: SegmentSource,
): SensorSegment[] {
  return engines.map(({ number, start, end }, i) => {
    const rows = end - start;
    const features = new Float64Array(rows * values.length);
    for (const [j, column] of values.entries()) {
      for (let t = 0; t < rows; t++) features[t * values.length + j] = column[start + t]!;
    }
    const target = Float64Array.from({ length: rows }, (_, t) => cyclesLeft[i]! + rows - 1 - t);
    return { unit: `${unitPrefix}-${String(number).padStart(3, '0')}`, rows, features, target };
  });
}
