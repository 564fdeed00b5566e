import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdLast, pooledError, rawNeighbours, scaledNeighbours, type Predictor } from './rop-baselines.js';
import { changedRows, chunksOf, forgeLogs, usropLogs, type DrillingLog } from './rop-log.js';

const log: DrillingLog = {
  name: 'demo',
  columns: ['Measured depth', 'torque'],
  values: Float64Array.of(1, 100, 2, 300, 3, 300, 4, 100, 5, 100, 6, 300),
  depth: Float64Array.of(1, 2, 3, 4, 5, 6),
  rop: Float64Array.of(10, 30, 32, 12, 14, 30),
  chunkStarts: [3, 5],
  chunkRows: 3,
};
const errorOf = (one: DrillingLog, predict: Predictor): number =>
  pooledError(
    one,
    chunksOf(one).map((chunk) => predict(one, chunk)),
  );

describe('baselines of the rate of penetration', () => {
  it('hold the last value before each chunk', () => {
    expect(chunksOf(log)).toEqual([
      { start: 3, end: 5 },
      { start: 5, end: 6 },
    ]);
    expect(errorOf(log, holdLast)).toBe((20 + 18 + 16) / 3);
  });

  it('take the mean of the neighbours before the chunk', () => {
    // Fewer than five rows lie before the first chunk: all of them vote.
    expect(Array.from(rawNeighbours(log, { start: 3, end: 4 }))).toEqual([24]);
    expect(Array.from(scaledNeighbours(log, { start: 5, end: 6 }))[0]).toBeCloseTo((10 + 30 + 32 + 12 + 14) / 5, 12);
  });
});

describe('changedRows()', () => {
  it('leaves out rows that repeat the one before but for the depth', () => {
    expect(changedRows(log, 0, 6)).toEqual([0, 1, 3, 5]);
    expect(changedRows(log, 2, 5)).toEqual([2, 3]);
  });
});

const data = process.env['I_DRILL_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');
const isThere = existsSync(join(data, 'usrop')) || process.env['CI'] === 'true';

const reason = isThere ? '' : ': skipped, there is no folder "usrop" in I_DRILL_DATA';

describe.skipIf(!isThere)(`published wells${reason}`, () => {
  // Figures of the README beside the files: repeated there with scikit-learn, pooled over rows.
  it('have the errors of hold-last and of nearest neighbours that were measured with other software', async () => {
    const logs = new Map((await usropLogs(join(data, 'usrop'))).map((one) => [one.name, one]));
    const held = { 'F-9A': 7.4, 'F-7': 10.07, 'F-5': 9.91, 'F-9': 10.23 };
    for (const [well, error] of Object.entries(held)) {
      expect(Math.abs(errorOf(logs.get(well)!, holdLast) - error)).toBeLessThan(0.006);
    }
    const neighbours = { 'F-7': 13.36, 'F-9': 13.91 };
    for (const [well, error] of Object.entries(neighbours)) {
      expect(Math.abs(errorOf(logs.get(well)!, rawNeighbours) - error)).toBeLessThan(0.006);
    }
  });

  it('are cut into chunks of 577 rows, or of 30 where a row is a metre', async () => {
    const logs = await usropLogs(join(data, 'usrop'));
    expect(logs.map(({ name, chunkRows, chunkStarts }) => [name, chunkRows, chunkStarts.length])).toEqual([
      ['F-9A', 577, 23],
      ['F-7', 577, 11],
      ['F-15', 30, 91],
      ['F-15, 577 rows', 577, 4],
      ['F-15S', 30, 84],
      ['F-15S, 577 rows', 577, 4],
      ['F-5', 577, 32],
      ['F-9', 577, 13],
    ]);
  });

  it('give 3.30 m/h for holding the last value before each of nine blocks of Utah FORGE', async () => {
    const [forge, later] = await forgeLogs(join(data, 'utah_forge_58_32'));
    expect(forge!.chunkStarts).toHaveLength(9);
    expect(Math.abs(errorOf(forge!, holdLast) - 3.3)).toBeLessThan(0.005);
    expect(later!.chunkStarts).toEqual(forge!.chunkStarts.slice(3));
  });
});
