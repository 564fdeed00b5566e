import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenly } from './evenly.js';

const numbers = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe('evenly()', () => {
  it('takes the middle of five when three are wanted', () => {
    expect(evenly(numbers(5), 3)).toEqual([0, 2, 4]);
  });

  it('takes the last when one is wanted, and all when there are no more', () => {
    expect(evenly(numbers(5), 1)).toEqual([4]);
    expect(evenly(numbers(5), 5)).toEqual(numbers(5));
    expect(evenly([], 3)).toEqual([]);
  });

  it('takes as many as wanted, both ends among them, with gaps that differ by no more than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 100 }), (length, count) => {
        const taken = evenly(numbers(length), count);
        const gaps = taken.slice(1).map((place, i) => place - (taken[i] ?? 0));
        expect(taken).toHaveLength(Math.min(length, count));
        expect([taken[0], taken.at(-1)]).toEqual([0, length - 1]);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
