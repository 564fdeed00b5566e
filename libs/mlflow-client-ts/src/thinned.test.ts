import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinned } from './thinned.js';

describe('thinned()', () => {
  it('keeps the first, the last, and items at even distances', () => {
    expect(thinned([0, 1, 2, 3, 4, 5, 6, 7, 8], 5)).toEqual([0, 2, 4, 6, 8]);
    expect(thinned([0, 1, 2], 1)).toEqual([2]);
    expect(thinned([0, 1], 3)).toEqual([0, 1]);
  });

  it('gives as many as wanted, in order, none twice, with both ends', () => {
    const lengths = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 2, max: 300 }), (length, count) => {
        const items = Array.from({ length }, (_, i) => i);
        const kept = thinned(items, count);
        expect(kept).toHaveLength(Math.min(length, count));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect([kept.at(0), kept.at(-1)]).toEqual([items.at(0), items.at(-1)]);
      }),
    );
  });
});
