import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import type { DrillingLog } from './rop-log.js';
import { drawnWindows, RopWindows, type WindowShape } from './rop-windows.js';

const shape: WindowShape = { length: 3, stepMetres: 1, anchorMetres: 2, levelMetres: [1], columns: [1] };

/** Ten rows, half a metre apart; the sensor is the row number, the rate of penetration ten times that. */
function log(): DrillingLog {
  const rows = Array.from({ length: 10 }, (_, row) => row);
  return {
    name: 'demo',
    columns: ['depth', 'torque'],
    values: Float64Array.from(rows.flatMap((row) => [row / 2, row])),
    depth: Float64Array.from(rows, (row) => row / 2),
    rop: Float64Array.from(rows, (row) => 10 * row),
    chunkStarts: [5],
    chunkRows: 5,
  };
}

const channel = (inputs: Float32Array, width: number, which: number): number[] =>
  Array.from({ length: inputs.length / width }, (_, place) => inputs[place * width + which]!);

describe('RopWindows', () => {
  it('takes places in metres, scales by the past and cuts what lies far outside', () => {
    const windows = new RopWindows(log(), 5, shape);
    const { inputs } = windows.batch([{ row: 8, known: 5 }]);
    const scale = Math.sqrt(2); // of 0, 1, 2, 3, 4, mean 2
    const sensor = channel(inputs, windows.featureCount, 0);
    [4, 6, 8].forEach((row, place) => {
      expect(sensor[place]).toBeCloseTo(Math.min((row - 2) / scale, 4), 5);
    });
  });

  it('tells the rate of penetration where it is known, and that it is not elsewhere', () => {
    const windows = new RopWindows(log(), 5, shape);
    const { inputs } = windows.batch([{ row: 6, known: 5 }]);
    expect(windows.anchor(5)).toBe(25); // rows 1 to 4 are the last two metres
    const scale = 10 * Math.sqrt(2);
    expect(channel(inputs, windows.featureCount, 2)[0]).toBeCloseTo((20 - 25) / scale, 5);
    expect(channel(inputs, windows.featureCount, 2).slice(2)).toEqual([0]);
    expect(channel(inputs, windows.featureCount, 3)).toEqual([1, 1, 0]);
  });

  it('does not change with a rate of penetration that is not known', () => {
    const seen = new RopWindows(log(), 5, shape).batch([{ row: 7, known: 5 }]).inputs;
    const other = log();
    other.rop.fill(999, 5);
    expect(new RopWindows(other, 5, shape).batch([{ row: 7, known: 5 }]).inputs).toEqual(seen);
    const earlier = log();
    earlier.rop[4] = 999;
    expect(new RopWindows(earlier, 5, shape).batch([{ row: 7, known: 5 }]).inputs).not.toEqual(seen);
  });

  it('gives the target back from its scaled form, and nothing below 0', () => {
    const windows = new RopWindows(log(), 5, shape);
    const questions = [{ row: 8, known: 5 }];
    const { targets } = windows.batch(questions);
    expect(windows.rop(targets, questions)[0]).toBeCloseTo(80, 4);
    expect(windows.rop(Float32Array.of(-100), questions)[0]).toBe(0);
  });
});

describe('drawnWindows()', () => {
  it('draws as many windows as promised, the same for the same generator', async () => {
    const windows = new RopWindows(log(), 5, shape);
    const draw = (uniform: () => number): { row: number; known: number } => ({ row: 2 + Math.floor(3 * uniform()), known: 2 }); // prettier-ignore
    const source = drawnWindows({ windows, length: 3, count: 10, draw, seed: 1 });
    const pass = async (seed: number): Promise<number[][]> => {
      const batches: number[][] = [];
      for await (const { targets } of source.batches({ batchSize: 4, rng: createRng(seed) })) batches.push([...targets]); // prettier-ignore
      return batches;
    };
    expect((await pass(1)).map((batch) => batch.length)).toEqual([4, 4, 2]);
    expect(await pass(1)).toEqual(await pass(1));
    expect(await pass(2)).not.toEqual(await pass(1));
  });
});
