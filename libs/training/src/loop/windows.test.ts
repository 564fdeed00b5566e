import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataSet, segment } from '../testing/data-sets.js';
import { fitPreprocessing } from './fit-preprocessing.js';
import { makeWindows } from './windows.js';

describe('makeWindows()', () => {
  it('repeats the first row on the left of a segment that begins too late', () => {
    const windows = makeWindows(dataSet([segment('u', [5, 6, 7], [3, 2, 1])]), { windowLength: 3 });
    expect(Array.from(windows.inputs)).toEqual([5, 5, 5, 5, 5, 6, 5, 6, 7]);
    expect(windows).toMatchObject({ count: 3, length: 3, featureCount: 1, units: ['u'] });
  });

  it('keeps the columns of a row together', () => {
    const two = { unit: 'u', rows: 2, features: Float64Array.of(1, 10, 2, 20), target: Float64Array.of(NaN, 0) };
    expect(Array.from(makeWindows(dataSet([two]), { windowLength: 2 }).inputs)).toEqual([1, 10, 2, 20]);
  });

  it('never reaches into another segment, not even of the same unit', () => {
    const data = dataSet([segment('u', [1, 2], [0, 0]), segment('u', [8, 9], [0, 0]), segment('v', [5], [0])]);
    const windows = makeWindows(data, { windowLength: 2 });
    expect(Array.from(windows.inputs)).toEqual([1, 1, 1, 2, 8, 8, 8, 9, 5, 5]);
    expect(Array.from(windows.unitOf)).toEqual([0, 0, 0, 0, 1]);
    expect(windows.units).toEqual(['u', 'v']);
  });

  it('ends no window at a row without a target', () => {
    const windows = makeWindows(dataSet([segment('u', [1, 2, 3], [NaN, 2, NaN])]), { windowLength: 2 });
    expect(Array.from(windows.inputs)).toEqual([1, 2]);
    expect(Array.from(windows.targets)).toEqual([2]);
  });

  it('cuts targets at the cap', () => {
    const data = dataSet([segment('u', [0, 0, 0], [200, 125, 10])]);
    expect(Array.from(makeWindows(data, { windowLength: 1, targetCap: 125 }).targets)).toEqual([125, 125, 10]);
  });

  it('takes only the last row that has a target of each segment when asked to', () => {
    const data = dataSet([segment('u', [1, 2, 3], [3, 2, NaN]), segment('v', [4, 5], [9, 8])]);
    const windows = makeWindows(data, { windowLength: 1, only: 'last-row', stride: 2 });
    expect(Array.from(windows.inputs)).toEqual([2, 5]);
  });

  it('counts the stride backwards from the last row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 7 }), (rows, stride) => {
        const values = Array.from({ length: rows }, (_, row) => row);
        const windows = makeWindows(dataSet([segment('u', values, values)]), { windowLength: 1, stride });
        expect(windows.targets.at(-1)).toBe(rows - 1);
        expect(windows.count).toBe(Math.ceil(rows / stride));
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity])('names column, unit and row of a value that is %d', (value) => {
    const two = { unit: 'bit 7', rows: 2, features: Float64Array.of(1, 10, 2, value), target: Float64Array.of(1, 0) };
    expect(() => makeWindows(dataSet([two]), { windowLength: 2 })).toThrow(
      expect.objectContaining({
        code: 'TRAINING_NAN_FEATURE',
        message: expect.stringContaining(`column "b" of unit "bit 7" is ${value} at row 1`) as string,
        details: { dataset: 'test', column: 'b', unit: 'bit 7', row: 1, value },
      }) as Error,
    );
  });

  it.each([Infinity, -Infinity, 1e39])('names unit and row of a target that is %d', (value) => {
    const two = { unit: 'bit 7', rows: 2, features: Float64Array.of(1, 10, 2, 20), target: Float64Array.of(1, value) };
    const error = expect.objectContaining({
      code: 'TRAINING_INFINITE_TARGET',
      message: expect.stringContaining(`of unit "bit 7" is ${value} at row 1; give a number`) as string,
    }) as Error;
    expect(() => makeWindows(dataSet([two]), { windowLength: 2 })).toThrow(error);
    expect(() => fitPreprocessing(dataSet([two]), { windowLength: 2 })).toThrow(error);
  });

  it('cuts an infinite target to the cap', () => {
    const two = {
      unit: 'bit 7',
      rows: 2,
      features: Float64Array.of(1, 10, 2, 20),
      target: Float64Array.of(1, Infinity),
    };
    expect(Array.from(makeWindows(dataSet([two]), { windowLength: 2, targetCap: 125 }).targets)).toEqual([1, 125]);
  });

  it('does not mind a missing value in a segment that gives no window', () => {
    const data = dataSet([segment('u', [NaN], [NaN]), segment('v', [1], [1])]);
    expect(makeWindows(data, { windowLength: 2 }).count).toBe(1);
  });

  it('refuses lengths and strides that are not whole numbers above 0', () => {
    const data = dataSet([segment('u', [1], [1])]);
    expect(() => makeWindows(data, { windowLength: 0 })).toThrow(RangeError);
    expect(() => makeWindows(data, { windowLength: 1, stride: 1.5 })).toThrow(RangeError);
  });
});
