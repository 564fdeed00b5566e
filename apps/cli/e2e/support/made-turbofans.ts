import { cutShort, madeEngines, type MadeEngine } from '../../src/bench/testing/made-engines.js';

/** Columns of C-MAPSS that hold the sensors of the benchmark, from 0: unit, cycle and three settings come first. */
const sensorColumns = [2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21].map((sensor) => 4 + sensor);

/** The files of subset FD001 with engines that were made up; see `madeEngines`. */
export function madeTurbofans(count: number, wear: 'visible' | 'hidden'): Record<string, string> {
  const test = cutShort(madeEngines(count, wear, 2), 3);
  return {
    'train_FD001.txt': lines(madeEngines(count, wear, 1)),
    'test_FD001.txt': lines(test.engines),
    'RUL_FD001.txt': `${test.cyclesLeft.join('\n')}\n`,
  };
}

function lines(engines: readonly MadeEngine[]): string {
  const rows = engines.flatMap(({ rows: cycles }, engine) =>
    cycles.map((sensors, cycle) => fileRow(engine + 1, cycle + 1, sensors).join(' ')),
  );
  return `${rows.join('\n')}\n`;
}

function fileRow(unit: number, cycle: number, sensors: readonly number[]): number[] {
  const row = [unit, cycle, ...new Array<number>(24).fill(100)];
  for (const [i, column] of sensorColumns.entries()) row[column] = sensors[i]!;
  return row;
}
