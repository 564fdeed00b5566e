import { createRng } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataSet, segment } from '../testing/data-sets.js';
import { segmentWindows } from './segment-windows.js';
import type { WindowOptions } from './window-ends.js';
import { asWindowSource, type PassOptions, type WindowBatch, type WindowSource } from './window-source.js';
import { makeWindows } from './windows.js';

async function allBatches(source: WindowSource, options: PassOptions): Promise<WindowBatch[]> {
  const batches: WindowBatch[] = [];
  for await (const batch of source.batches(options)) batches.push(batch);
  return batches;
}

/** A pass as one list of windows, each as text. */
async function passOf(source: WindowSource, options: PassOptions): Promise<string[]> {
  const size = source.length * source.featureCount;
  const batches = await allBatches(source, options);
  return batches.flatMap(({ count, inputs, targets }) =>
    Array.from({ length: count }, (_, b) => `${inputs.slice(b * size, (b + 1) * size).join(' ')} -> ${targets[b]!}`),
  );
}

const ramp = (unit: string, rows: number, from: number): ReturnType<typeof segment> => {
  const values = Array.from({ length: rows }, (_, row) => from + row);
  return segment(unit, values, values);
};

/** Segments longer and shorter than a window, and one of a single row. */
const data = dataSet([ramp('a', 7, 0), ramp('b', 2, 100), ramp('c', 1, 200)]);
const settings: WindowOptions = { windowLength: 3, targetCap: 150 };

const sources = [
  ['asWindowSource()', (options: WindowOptions) => asWindowSource(makeWindows(data, options))],
  ['segmentWindows()', (options: WindowOptions) => segmentWindows(data, options)],
] as const;

describe.each(sources)('%s', (_, makeSource) => {
  it('gives the windows of makeWindows() in the order of the data', async () => {
    const windows = makeWindows(data, settings);
    const source = makeSource(settings);
    expect(source).toMatchObject({ count: 10, length: 3, featureCount: 1 });
    const batches = await allBatches(source, { batchSize: 4 });
    expect(batches.map((batch) => batch.count)).toEqual([4, 4, 2]);
    expect(batches.flatMap((batch) => Array.from(batch.inputs))).toEqual(Array.from(windows.inputs));
    expect(batches.flatMap((batch) => Array.from(batch.targets))).toEqual(Array.from(windows.targets));
  });

  it('gives every window once per pass, in an order that the generator alone decides', async () => {
    const source = makeSource(settings);
    const inOrder = await passOf(source, { batchSize: 4 });
    const first = await passOf(source, { batchSize: 4, rng: createRng(1) });
    expect(first).not.toEqual(inOrder);
    expect([...first].sort()).toEqual([...inOrder].sort());
    expect(await passOf(source, { batchSize: 3, rng: createRng(1) })).toEqual(first);
    expect(await passOf(source, { batchSize: 4, rng: createRng(2) })).not.toEqual(first);
  });

  it('takes strides and last rows as makeWindows() does', async () => {
    const options = fc.record({
      windowLength: fc.integer({ min: 1, max: 9 }),
      stride: fc.integer({ min: 1, max: 4 }),
      only: fc.constantFrom('every-row' as const, 'last-row' as const),
    });
    await fc.assert(
      fc.asyncProperty(options, async (chosen) => {
        const expected = await passOf(asWindowSource(makeWindows(data, chosen)), { batchSize: 1 });
        expect(await passOf(makeSource(chosen), { batchSize: 5 })).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a batch size that is no whole number above 0', async () => {
    await expect(passOf(makeSource(settings), { batchSize: 0 })).rejects.toThrow(RangeError);
  });
});

describe('segmentWindows()', () => {
  it('names a value that is not finite before the first batch', () => {
    const broken = dataSet([segment('u', [1, Number.POSITIVE_INFINITY], [1, 0])]);
    expect(() => segmentWindows(broken, { windowLength: 1 })).toThrow(
      expect.objectContaining({ code: 'TRAINING_NAN_FEATURE' }) as Error,
    );
  });
});
