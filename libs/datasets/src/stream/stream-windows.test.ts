import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRng } from '@i-drill/numerics';
import {
  segmentWindows,
  type PassOptions,
  type WindowBatch,
  type WindowOptions,
  type WindowSource,
} from '@i-drill/training/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { readUnitTable, type TableSchema } from '../read-unit-table.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeParquet } from '../testing/write-parquet.js';
import { readUnits } from './read-units.js';
import { streamPass, streamWindows, type StreamOptions } from './stream-windows.js';
import { openReader } from './unit-table.js';

const folder = temporaryFolder();
const schema: TableSchema = {
  name: 'rig',
  task: 'remaining-useful-life',
  features: [
    { name: 'torque', unit: 'kN.m' },
    { name: 'flow', unit: 'L/min' },
  ],
  target: { name: 'life', unit: 'h' },
  evaluateOn: 'every-row',
};

/** 20 units of 1 to 20 rows; each value of `torque` stands in one row only. Every seventh row has no target. */
const query = `SELECT 'bit ' || (u * 7 % 20) AS unit, (100 * u + r)::DOUBLE AS torque, r / 4.0 AS flow,
  CASE WHEN (u + r) % 7 = 0 THEN NULL ELSE (20 - r)::DOUBLE END AS life
  FROM range(20) AS units(u), range(20) AS rows(r) WHERE r <= u ORDER BY u, r`;

async function allBatches(source: WindowSource, pass: PassOptions): Promise<WindowBatch[]> {
  const batches: WindowBatch[] = [];
  for await (const batch of source.batches(pass)) batches.push(batch);
  return batches;
}

async function windowTexts(source: WindowSource, pass: PassOptions): Promise<string[]> {
  const size = source.length * source.featureCount;
  return (await allBatches(source, pass)).flatMap(({ count, inputs, targets }) =>
    Array.from({ length: count }, (_, b) => `${inputs.slice(b * size, (b + 1) * size).join(' ')} -> ${targets[b]!}`),
  );
}

const csv = `unit,life,flow,torque
a,1,0.5,10
b,9,0.25,20
a,2,0.75,11
b,,1.25,21
`;

describe('streamWindows()', () => {
  let path = '';
  beforeAll(async () => {
    path = folder.path('rig.parquet');
    await writeParquet(path, query);
    await folder.write('rig.csv', csv);
  });
  const stream = (extra: Partial<StreamOptions> = {}): ReturnType<typeof streamWindows> =>
    streamWindows({ path, schema, windowLength: 4, bufferRows: 60, ...extra });

  it('gives the windows of the table read whole, in its order', async () => {
    const whole = await readUnitTable(path, schema);
    const choices: Partial<WindowOptions>[] = [
      {},
      { stride: 3, targetCap: 12 },
      { only: 'last-row' },
      { windowLength: 30 },
    ];
    for (const choice of choices) {
      const expected = segmentWindows(whole, { windowLength: 4, ...choice });
      const source = await stream(choice);
      expect(source).toMatchObject({ count: expected.count, length: expected.length, featureCount: 2 });
      expect(await windowTexts(source, { batchSize: 8 })).toEqual(await windowTexts(expected, { batchSize: 8 }));
    }
  });

  it('gives every window once per pass, in an order that the generator alone decides', async () => {
    const source = await stream();
    const inOrder = await windowTexts(source, { batchSize: 8 });
    const first = await windowTexts(source, { batchSize: 8, rng: createRng(1) });
    expect(new Set(first).size).toBe(source.count);
    expect([...first].sort()).toEqual([...inOrder].sort());
    expect(await windowTexts(source, { batchSize: 8, rng: createRng(1) })).toEqual(first);
    expect(await windowTexts(source, { batchSize: 8, rng: createRng(2) })).not.toEqual(first);
    const units = (texts: readonly string[]): Set<number> =>
      new Set(texts.slice(0, 20).map((text) => Math.floor(Number(text.split(' ')[0]) / 100)));
    expect(units(first).size).toBeGreaterThan(2); // windows of several units side by side
  });

  it('cuts batches of one size across groups; only the last is smaller', async () => {
    const source = await stream({ bufferRows: 25 });
    const sizes = (await allBatches(source, { batchSize: 32, rng: createRng(1) })).map(({ count }) => count);
    expect(sizes.slice(0, -1).every((size) => size === 32)).toBe(true);
    expect(sizes.at(-1)).toBe(source.count % 32);
  });

  it('reads CSV in which the rows of a unit are scattered', async () => {
    const source = await stream({ path: folder.path('rig.csv'), windowLength: 2, bufferRows: 1 });
    expect(source.units).toEqual(['a', 'b']);
    expect(await windowTexts(source, { batchSize: 8 })).toEqual([
      '10 0.5 10 0.5 -> 1',
      '10 0.5 11 0.75 -> 2',
      '20 0.25 20 0.25 -> 9',
    ]);
  });

  it('takes only the units that are named', async () => {
    const source = await stream({ units: ['bit 14', 'bit 7'] });
    expect(source.units).toEqual(['bit 7', 'bit 14']); // the second and third of the file
    expect(source.count).toBe(2 + 3);
    await expect(stream({ units: ['bit 99'] })).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN_SUBSET',
      message: expect.stringContaining('it has no unit "bit 99"') as string,
    });
    await expect(stream({ units: [] })).rejects.toMatchObject({ code: 'DATASET_UNKNOWN_SUBSET' });
  });

  it('closes DuckDB when a pass ends, is left early, or fails', async () => {
    let open = 0;
    const counted = async (): ReturnType<typeof openReader> => {
      const { connection, close } = await openReader();
      open += 1;
      return { connection, close: () => { close(); open -= 1; } }; // prettier-ignore
    };
    const units = [
      { unit: 'bit 7', rows: 2, windows: 2, first: 1, last: 2 },
      { unit: 'bit 14', rows: 3, windows: 3, first: 3, last: 5 },
    ];
    const pass = (rows = 2): AsyncGenerator<WindowBatch> =>
      streamPass(
        { options: { path, schema, windowLength: 4 }, units: [{ ...units[0]!, rows }, units[1]!], bufferRows: 3 },
        { batchSize: 1 },
        counted,
      );
    for await (const batch of pass()) {
      expect([batch.count, open]).toEqual([1, 1]);
      break;
    }
    expect(open).toBe(0);
    for await (const batch of pass()) expect(batch.count).toBe(1);
    expect(open).toBe(0);
    await expect(pass(5).next()).rejects.toMatchObject({
      code: 'DATASET_UNREADABLE',
      message: expect.stringContaining('unit "bit 7" has other rows than before') as string,
    });
    expect(open).toBe(0);
  });

  it('never holds all windows: 549 MB of them pass through 20 MB of arrays, in less than half of their size in all', async () => {
    const features = Array.from({ length: 16 }, (_, i) => ({ name: `s${i}`, unit: '-' }));
    const sensors = features.map(({ name }, i) => `(r * ${i + 1})::DOUBLE AS ${name}`).join(', ');
    const large = folder.path('large.parquet');
    await writeParquet(
      large,
      `SELECT r // 500 AS unit, r::DOUBLE AS life, ${sensors} FROM range(150000) AS numbers(r)`,
    );
    const collectGarbage = garbageCollector();
    collectGarbage();
    const before = process.memoryUsage();
    const source = await streamWindows({ path: large, schema: { ...schema, features }, windowLength: 60, bufferRows: 20_000 }); // prettier-ignore
    let [bytes, batches, resident] = [0, 0, 0];
    const arrays: number[] = [];
    for await (const { inputs } of source.batches({ batchSize: 256, rng: createRng(1) })) {
      bytes += inputs.byteLength;
      if (batches++ % 50 === 0) {
        collectGarbage();
        arrays.push((process.memoryUsage().arrayBuffers - before.arrayBuffers) / 2 ** 20);
      }
      resident = Math.max(resident, process.memoryUsage.rss() - before.rss);
    }
    expect(bytes).toBe(150_000 * 60 * 16 * 4);
    // A buffer of 20,000 rows is 2.6 MB. The median: what DuckDB gave is freed some time after the collection.
    expect(arrays.toSorted((a, b) => a - b)[arrays.length >> 1]).toBeLessThan(20);
    expect(resident / 2 ** 20).toBeLessThan(bytes / 2 ** 20 / 2); // garbage and DuckDB included
  });

  it('refuses values that are no numbers where a window would hold them, before the first pass', async () => {
    const write = (text: string): Promise<string> => folder.write('broken.csv', text);
    for (const value of ['NaN', 'inf', '', 'full']) {
      const broken = await write(csv.replace('0.75', value));
      await expect(stream({ path: broken })).rejects.toMatchObject({
        code: 'DATASET_COLUMN_NAN',
        message: `Cannot stream "${broken}": column "flow" of unit "a" holds no finite number at row 1; fill or drop missing values first`,
      });
    }
    const noWindow = await write(csv.replace('b,9', 'b,').replace('1.25', 'NaN'));
    expect((await stream({ path: noWindow })).count).toBe(2);
  });

  it('refuses missing files and columns, rows without a unit, files without a row, and sizes below 1', async () => {
    const write = (text: string): Promise<string> => folder.write('broken.csv', text);
    await expect(stream({ path: folder.path('none.csv') })).rejects.toMatchObject({ code: 'DATASET_FILE_MISSING' });
    await expect(stream({ path: await write(csv.replace('unit', 'bit')) })).rejects.toMatchObject({ code: 'DATASET_COLUMNS' }); // prettier-ignore
    await expect(stream({ path: await write(csv.replace('a,2', ',2')) })).rejects.toMatchObject({ code: 'DATASET_UNREADABLE' }); // prettier-ignore
    await expect(stream({ path: await write(`${csv}a,1\n`) })).rejects.toMatchObject({ code: 'DATASET_COLUMNS' });
    await expect(stream({ path: await write('unit,life,flow,torque\n') })).rejects.toMatchObject({ code: 'DATASET_EMPTY' }); // prettier-ignore
    for (const size of ['windowLength', 'stride', 'bufferRows']) await expect(stream({ [size]: 0 })).rejects.toThrow(RangeError); // prettier-ignore
    const source = await stream();
    expect(() => source.batches({ batchSize: 0 })).toThrow(RangeError);
  });
});

describe('readUnits()', () => {
  it('keeps the rows of a unit in the order of the file where DuckDB hands small pieces on late', async () => {
    // DuckDB reads 2048 rows at a time: 41 of the first lot are wanted, fewer than the 64 that it hands on at once.
    const unit = (r: string): string => `CASE WHEN ${r} < 2007 THEN 'none' ELSE 'bit ' || ((${r} - 2007) // 300) END`;
    const rows = `SELECT ${unit('r')} AS unit, r::DOUBLE AS torque, 0.5 AS flow, 1.0 AS life FROM range(32007) AS numbers(r)`;
    const path = folder.path('late.parquet');
    await writeParquet(path, rows);
    const wanted = Array.from({ length: 100 }, (_, i) => `bit ${i}`);
    const { segments } = await readUnits({ path, schema }, wanted);
    expect(segments).toEqual((await readUnitTable(path, schema)).segments.slice(1));

    const lines = Array.from({ length: 32_007 }, (_, r) => `${r < 2007 ? 'none' : `bit ${Math.floor((r - 2007) / 300)}`},${r},0.5,1`); // prettier-ignore
    const text = await folder.write('late.csv', `unit,torque,flow,life\n${lines.join('\n')}\n`);
    expect((await readUnits({ path: text, schema }, wanted)).segments).toEqual(segments);
  });

  it('reads some units as readUnitTable() does', async () => {
    const path = await folder.write('some.csv', csv);
    const [first] = (await readUnitTable(path, schema)).segments;
    const some = await readUnits({ path, schema }, ['a']);
    expect(some.segments).toEqual([first]);
    expect(some).toMatchObject({ name: 'rig', source: 'some.csv' });
    await expect(readUnits({ path, schema }, ['z'])).rejects.toMatchObject({ code: 'DATASET_UNKNOWN_SUBSET' });
  });
});

/** What collects all garbage at once. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
