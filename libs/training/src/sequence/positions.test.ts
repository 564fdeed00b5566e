import { createRng } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { learnedPositions, sinusoidalPositions } from './positions.js';

describe('sinusoidalPositions()', () => {
  it('turns in each pair of columns, slower from pair to pair', () => {
    const table = sinusoidalPositions(3, 4);
    for (let t = 0; t < 3; t++) {
      const expected = [Math.sin(t), Math.cos(t), Math.sin(t / 100), Math.cos(t / 100)];
      for (let column = 0; column < 4; column++) expect(table[4 * t + column]).toBeCloseTo(expected[column]!, 6);
    }
  });

  it('ends with a sine where the width is odd', () => {
    const table = sinusoidalPositions(2, 3);
    expect(table[5]).toBeCloseTo(Math.sin(1 / 10000 ** (2 / 3)), 6);
  });
});

describe('learnedPositions()', () => {
  it('start small, from the seed', () => {
    const { shape, initial } = learnedPositions(30, 16);
    const values = initial(createRng(1));
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(shape).toEqual([30, 16]);
    expect(deviation).toBeGreaterThan(0.018);
    expect(deviation).toBeLessThan(0.022);
    expect(initial(createRng(1))).toEqual(values);
    expect(initial(createRng(2))).not.toEqual(values);
  });
});
