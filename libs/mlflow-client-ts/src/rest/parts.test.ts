import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parts } from './parts.js';

describe('parts()', () => {
  it('are full but for the last, and none for nothing', () => {
    expect(parts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(parts([], 2)).toEqual([]);
  });

  it('hold every item once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        expect(parts(items, size).flat(1)).toEqual(items.flat(0));
        expect(parts(items, size).every((part) => part.length > 0 && part.length <= size)).toBe(true);
      }),
    );
  });
});
