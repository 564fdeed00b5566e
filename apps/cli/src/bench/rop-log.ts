import { join } from 'node:path';
import { readTable, usropWells, type Table } from '@i-drill/datasets';
import { developmentBlocks } from './rop-protocol.js';

/** The log of one well, row by row in the order of its file. */
export interface DrillingLog {
  readonly name: string;
  readonly columns: readonly string[];
  /** What is known of a row without its rate of penetration, row-major, shape [rows, columns]. */
  readonly values: Float64Array;
  /** Measured depth in metres, shape [rows]. */
  readonly depth: Float64Array;
  /** Rate of penetration in m/h, shape [rows]. */
  readonly rop: Float64Array;
  /** First row of each chunk that is predicted, from all rows before it. A chunk ends where the next one begins. */
  readonly chunkStarts: readonly number[];
  /** Rows per chunk, but for the last. */
  readonly chunkRows: number;
}

type UncutLog = Omit<DrillingLog, 'chunkStarts' | 'chunkRows'>;

/** A chunk that is predicted: rows from `start` up to, not including, `end`. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** The chunks of a log, in order. */
export function chunksOf({ chunkStarts, rop }: DrillingLog): Chunk[] {
  return chunkStarts.map((start, i) => ({ start, end: chunkStarts[i + 1] ?? rop.length }));
}

const usropRop = 'Rate of Penetration m/h';
const usropDepth = 'Measured Depth m';
const usropColumns = [
  usropDepth,
  'Weight on Bit kkgf',
  'Average Standpipe Pressure kPa',
  'Average Surface Torque kN.m',
  'Average Rotary Speed rpm',
  'Mud Flow In L/min',
  'Mud Density In g/cm3',
  'Diameter mm',
  'Average Hookload kkgf',
  'Hole Depth (TVD) m',
  'USROP Gamma gAPI',
];

/** Rows per chunk in the paper: about 30 m of its files. */
const usropChunkRows = 577;
/** The same 30 m in files of one row per metre. */
const chunkRowsPerMetre = 30;

/**
 * The wells of USROP_A, chunk by chunk as in the paper's continuous learning. The row number is not read.
 *
 * Two wells are at hand with one row per metre only. They come twice: in chunks of 30 rows, as long in metres as the paper's,
 * and, named `, 577 rows`, in chunks of as many rows as the paper's, which are 577 m long.
 */
export async function usropLogs(dir: string): Promise<DrillingLog[]> {
  const logs = usropWells.map(async ({ name, file }) => {
    const table = await readTable(join(dir, `${file}.csv.gz`), { required: [...usropColumns, usropRop] });
    const log = logOf(name, table, { columns: usropColumns, depth: usropDepth, rop: usropRop });
    if (!file.endsWith('_1m')) return [inChunks(log, usropChunkRows)];
    const long = inChunks({ ...log, name: `${name}, ${usropChunkRows} rows` }, usropChunkRows);
    return [inChunks(log, chunkRowsPerMetre), long];
  });
  return (await Promise.all(logs)).flat();
}

function inChunks(log: UncutLog, chunkRows: number): DrillingLog {
  const chunks = Math.ceil(log.rop.length / chunkRows) - 1;
  return { ...log, chunkRows, chunkStarts: Array.from({ length: chunks }, (_, k) => (k + 1) * chunkRows) };
}

const forgeColumns = [
  'Depth(m)',
  'weight on bit (kg)',
  'Rotary Speed (rpm)',
  'Pump Press (KPa)',
  'Temp In(degC)',
  'Flow In(liters/min)',
  'Flow Out %',
];
const forgeBlocks = 10;

/**
 * Utah FORGE 58-32 without outliers: ten blocks by depth, each predicted from those above it. All of them, and those alone
 * on which nothing was chosen.
 */
export async function forgeLogs(dir: string): Promise<DrillingLog[]> {
  const rop = 'ROP(1 m)';
  const table = await readTable(join(dir, 'well_without_outlier.csv.gz'), { required: [...forgeColumns, rop] });
  // The first rows % blocks blocks have one row more, as numpy's array_split cuts.
  const starts = Array.from({ length: forgeBlocks }, (_, block) => {
    return block * Math.floor(table.rows / forgeBlocks) + Math.min(block, table.rows % forgeBlocks);
  });
  const log = logOf('58-32', table, { columns: forgeColumns, depth: 'Depth(m)', rop });
  const all = { ...log, chunkStarts: starts.slice(1), chunkRows: Math.ceil(table.rows / forgeBlocks) };
  const name = `${log.name}, blocks ${developmentBlocks + 2} to ${forgeBlocks}`;
  return [all, { ...all, name, chunkStarts: all.chunkStarts.slice(developmentBlocks) }];
}

function logOf(
  name: string,
  table: Table,
  headings: { readonly columns: readonly string[]; readonly depth: string; readonly rop: string },
): UncutLog {
  const { columns } = headings;
  const values = new Float64Array(table.rows * columns.length);
  for (const [s, column] of columns.entries()) {
    table.column(column).forEach((value, row) => {
      values[row * columns.length + s] = value;
    });
  }
  return { name, columns, values, depth: table.column(headings.depth), rop: table.column(headings.rop) };
}

/** Whether a column tells where the bit is, along the hole or below the surface. */
export function isDepth(column: string): boolean {
  return /depth/i.test(column);
}

/**
 * Rows at which the rate of penetration may change: the first of a range, and those where a sensor other than the depth and
 * gamma, which is measured more often, changes. The rows between hold copies.
 */
export function changedRows({ columns, values }: DrillingLog, start: number, end: number): number[] {
  const watched = columns.flatMap((name, i) => (isDepth(name) || /gamma/i.test(name) ? [] : [i]));
  const changes = (row: number): boolean =>
    watched.some((s) => values[row * columns.length + s] !== values[(row - 1) * columns.length + s]);
  const all = Array.from({ length: end - start }, (_, i) => start + i);
  return all.filter((row) => row === start || changes(row));
}
