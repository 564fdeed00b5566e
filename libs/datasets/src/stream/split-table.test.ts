import { createRng } from '@i-drill/numerics';
import { segmentWindows } from '@i-drill/training/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifyTarget } from '../classify-target.js';
import { makeBitRuns } from '../make-bit-runs.js';
import { readUnitTable, type TableSchema } from '../read-unit-table.js';
import { splitByUnit } from '../split-by-unit.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeUnitTable } from '../write-unit-table.js';
import { countRows, splitTable, type SplitTable, type TableSplitOptions } from './split-table.js';

const folder = temporaryFolder();
const runs = makeBitRuns({ count: 20, seed: 3 }); // 2000 to 4000 rows
const { name, task, features, target, evaluateOn } = runs;
const schema: TableSchema = { name, task, features, target, evaluateOn };
const shares = { validationShare: 0.2, testShare: 0.2 };
const held = 1500;

let path: string;

beforeAll(async () => {
  path = folder.path('runs.csv');
  await writeUnitTable(path, runs);
});

function split(options: Partial<TableSplitOptions> = {}, read: TableSchema = schema): Promise<SplitTable> {
  const rng = createRng(1);
  return splitTable({ path, schema: read }, { ...shares, rng, rowsInMemory: held, ...options });
}

const unitsOf = (part: { readonly segments: readonly { readonly unit: string }[] } | undefined): string[] =>
  part?.segments.map(({ unit }) => unit) ?? [];

const windowsOf = async (source: Awaited<ReturnType<SplitTable['train']['open']>>): Promise<Set<string>> => {
  const size = source.length * source.featureCount;
  const seen = new Set<string>();
  for await (const { count, inputs, targets } of source.batches({ batchSize: 64, rng: createRng(2) })) {
    for (let i = 0; i < count; i++) seen.add(`${inputs.slice(i * size, (i + 1) * size).join(' ')} ${targets[i]!}`);
  }
  return seen;
};

describe('splitTable()', () => {
  it('shares units out as splitByUnit() does, and fingerprints the file as if it were read whole', async () => {
    const whole = await readUnitTable(path, schema);
    const expected = splitByUnit(whole, { ...shares, rng: createRng(1), calibration: { share: 0.2, minimum: 2 } });
    const { parts, fingerprint, rows, units, train } = await split({ calibration: { share: 0.2, minimum: 2 } });
    for (const part of ['validation', 'calibration', 'test'] as const) {
      expect(parts[part]!.segments).toEqual(expected[part]!.segments);
      expect(parts[part]!.fingerprint).toBe(expected[part]!.fingerprint);
    }
    expect(fingerprint).toBe(whole.fingerprint);
    expect([rows, units]).toEqual([await countRows({ path, schema }), 20]);
    expect(train.units).toBe(expected.train.segments.length);
  });

  it('streams the windows of the training units, and of no others', async () => {
    const expected = splitByUnit(await readUnitTable(path, schema), { ...shares, rng: createRng(1) }).train;
    const { train } = await split();
    const stream = await train.open({ windowLength: 3, stride: 2, targetCap: 20 });
    expect(stream.units).toEqual(unitsOf(expected));
    expect(stream.count).toBe(segmentWindows(expected, { windowLength: 3, stride: 2 }).count);
    const whole = segmentWindows(expected, { windowLength: 3, stride: 2, targetCap: 20 });
    expect(await windowsOf(stream)).toEqual(await windowsOf({ ...whole, units: [] }));
  });

  it('holds a sample of the training units in memory, as many as fit, drawn anew for another seed', async () => {
    const { parts, train } = await split();
    const rowsOf = parts.train.segments.reduce((sum, { rows }) => sum + rows, 0);
    expect(rowsOf).toBeLessThanOrEqual(held);
    expect(rowsOf).toBeGreaterThan(held / 2);
    expect(train.rows).toBeGreaterThan(held);
    const stream = await train.open({ windowLength: 3 });
    expect(stream.units).toEqual(expect.arrayContaining(unitsOf(parts.train)));
    expect(unitsOf((await split()).parts.train)).toEqual(unitsOf(parts.train));
    expect(unitsOf((await split({ rng: createRng(9) })).parts.train)).not.toEqual(unitsOf(parts.train));
  });

  it('tests on the units that are named', async () => {
    const [first, second] = unitsOf(runs);
    const { parts, train } = await split({ test: [second!, first!] });
    expect(unitsOf(parts.test)).toEqual([first, second]);
    expect(train.units).toBe(20 - 2 - 4);
    await expect(split({ test: ['bit 99'] })).rejects.toMatchObject({ code: 'DATASET_UNKNOWN_SUBSET' });
  });

  it('cuts the target into classes everywhere', async () => {
    const targetClasses = { bounds: [10] };
    const expected = classifyTarget(await readUnitTable(path, schema), targetClasses);
    const options = { ...shares, rng: createRng(1), rowsInMemory: held };
    const { parts, fingerprint, train } = await splitTable({ path, schema, targetClasses }, options);
    expect(fingerprint).toBe(expected.fingerprint);
    expect(parts.test).toMatchObject({ task: 'window-class', classes: ['up to 10', 'above 10'] });
    const stream = await train.open({ windowLength: 2 });
    for await (const { targets } of stream.batches({ batchSize: 512 })) {
      expect(targets.every((label) => label === 0 || label === 1)).toBe(true);
    }
  });

  it('refuses a part to be held that has more rows than are allowed', async () => {
    await expect(split({ rowsInMemory: 100 })).rejects.toMatchObject({
      code: 'DATASET_TOO_LARGE',
      message: expect.stringMatching(
        /^Cannot hold ".*\/validation": it has \d+ rows, 100 are allowed in memory; make its share smaller or allow more$/,
      ) as string,
    });
  });

  it('refuses shares that leave nothing to train on', async () => {
    await expect(split({ testShare: 0.7, validationShare: 0.3 })).rejects.toMatchObject({
      code: 'DATASET_TOO_FEW_UNITS',
    });
  });
});
