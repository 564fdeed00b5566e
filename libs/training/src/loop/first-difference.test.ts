import { describe, expect, it } from 'vitest';
import { firstDifference } from './first-difference.js';

describe('firstDifference()', () => {
  it('finds none between equal values, and none between absent and undefined', () => {
    expect(firstDifference({ a: [1, { b: 'x' }], c: undefined }, { a: [1, { b: 'x' }] })).toBeUndefined();
    expect(firstDifference(NaN, NaN)).toBeUndefined();
    expect(firstDifference(0, -0)).toBeUndefined(); // JSON writes both as 0
  });

  it('gives the path of the first', () => {
    expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toEqual({ path: 'a.1.b', left: 2, right: 3 });
  });

  it('notices what only one side has', () => {
    expect(firstDifference({ a: [1] }, { a: [1, 2] })).toEqual({ path: 'a.1', left: undefined, right: 2 });
    expect(firstDifference({ a: {} }, { a: null })).toEqual({ path: 'a', left: {}, right: null });
    expect(firstDifference({ a: 1, b: 2 }, { a: 1 })).toEqual({ path: 'b', left: 2, right: undefined });
  });
});
