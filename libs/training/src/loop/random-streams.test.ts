import { describe, expect, it } from 'vitest';
import { randomStream } from './random-streams.js';

describe('randomStream()', () => {
  it('depends on each of its arguments and on nothing else', () => {
    const first = (...[seed, purpose, ...position]: Parameters<typeof randomStream>): number =>
      randomStream(seed, purpose, ...position).next();
    const numbers = [
      first(1, 'order', 1),
      first(2, 'order', 1),
      first(1, 'order', 2),
      first(1, 'dropout', 1),
      first(1, 'dropout', 1, 0),
      first(1, 'dropout', 1, 1),
      first(1, 'dropout', 0, 1),
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(first(1, 'dropout', 1, 1)).toBe(first(1, 'dropout', 1, 1));
  });

  it('takes any seed that createRng takes', () => {
    expect(randomStream(Number.MAX_SAFE_INTEGER, 'order', 5).next()).toBeLessThan(1);
    expect(randomStream(-3, 'order', 5).next()).toBeLessThan(1);
  });

  it('spreads evenly over places that are close to one another', () => {
    const firsts = Array.from({ length: 2000 }, (_, step) => randomStream(1, 'dropout', 1, step).next());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03); // 4.6 standard errors of the mean of 2000 uniform numbers
  });
});
