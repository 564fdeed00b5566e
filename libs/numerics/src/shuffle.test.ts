import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from './rng.js';
import { shuffle } from './shuffle.js';

describe('shuffle()', () => {
  it('keeps every item and leaves the input as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const order = shuffle(items, createRng(seed));
        expect(items).toEqual(before);
        expect([...order].sort()).toEqual([...items].sort());
      }),
    );
  });

  it('gives each of the six orders of three items about as often', () => {
    const rng = createRng(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffle(['a', 'b', 'c'], rng).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    expect(chiSquare).toBeLessThan(15.09); // 1 % point with 5 degrees of freedom
  });

  it('gives the same order for the same seed', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    expect(shuffle(items, createRng(4))).toEqual(shuffle(items, createRng(4)));
    expect(shuffle(items, createRng(4))).not.toEqual(shuffle(items, createRng(5)));
  });
});
