import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramText, type ParamValue } from '../index.js';

describe('paramText()', () => {
  it.each<[ParamValue, string]>([
    ['as it is', 'as it is'],
    ['', ''],
    [0.1, '0.1'],
    [1e-7, '1e-7'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [12n, '12'],
    [true, 'true'],
    [null, 'null'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [[1, [2, NaN]], '[1,[2,"NaN"]]'],
    [Float32Array.of(0.5, 1), '[0.5,1]'],
    [{ a: undefined, b: { c: [undefined] } }, '{"b":{"c":[null]}}'],
  ])('writes %o as %o', (value, text) => {
    expect(paramText(value)).toBe(text);
  });

  it('writes lists and objects of JSON so that JSON.parse gives them back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        // JSON has no negative zero.
        expect(JSON.parse(paramText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each<[string, unknown, string]>([
    ['a function', { a: [() => 1] }, 'at .a[0], it is a function'],
    ['a map', new Map(), 'it is a Map or a Set'],
    ['an invalid date', new Date(NaN), 'it is an invalid date'],
    ['undefined', undefined, 'it is undefined'],
  ])('refuses %s and says where it is', (_, value, problem) => {
    expect(() => paramText(value as ParamValue)).toThrow(problem);
  });

  it('refuses what contains itself, and takes what is there twice', () => {
    const twice = { a: 1 };
    expect(paramText([twice, twice])).toBe('[{"a":1},{"a":1}]');
    const endless: unknown[] = [];
    endless.push([endless]);
    expect(() => paramText(endless)).toThrow('at [0][0], it contains itself');
  });
});
