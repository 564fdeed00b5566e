import type { PredictionInterval } from '@i-drill/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalOf } from './interval-of.js';

const split: PredictionInterval = {
  method: 'split-conformal',
  coverage: 0.9,
  edges: [10, 20],
  below: [1, 2, 3],
  above: [4, 5, 6],
  calibratedOn: { windows: 100, units: 30 },
};
const quantiles: PredictionInterval = { ...split, method: 'conformalised-quantiles' };

describe('intervalOf()', () => {
  it('adds the margins of the bin the prediction falls into', () => {
    expect([5, 10, 25].map((prediction) => intervalOf(prediction, split))).toEqual([
      { lower: 4, upper: 9 },
      { lower: 8, upper: 15 },
      { lower: 22, upper: 31 },
    ]);
  });

  it('adds them to predicted quantiles, which are put in order first', () => {
    expect(intervalOf(5, quantiles, { lower: 2, upper: 8 })).toEqual({ lower: 1, upper: 12 });
    expect(intervalOf(5, quantiles, { lower: 8, upper: 2 })).toEqual({ lower: 1, upper: 12 });
  });

  it('gives the middle where negative margins would make the ends cross', () => {
    const narrow = { ...quantiles, below: [-4, 0, 0], above: [-2, 0, 0] };
    expect(intervalOf(5, narrow, { lower: 4, upper: 6 })).toEqual({ lower: 6, upper: 6 });
  });

  it('cuts both ends to what can be true, and stays in order', () => {
    const cut = { ...quantiles, minimum: 0, maximum: 125 };
    const numbers = fc.double({ min: -300, max: 300, noNaN: true });
    fc.assert(
      fc.property(numbers, numbers, numbers, fc.double({ min: -50, max: 50, noNaN: true }), (point, a, b, margin) => {
        const interval = { ...cut, below: [margin, margin, margin], above: [margin, margin, margin] };
        const { lower, upper } = intervalOf(point, interval, { lower: a, upper: b });
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(125);
        expect(lower).toBeLessThanOrEqual(upper);
      }),
    );
    expect(intervalOf(-3, { ...split, minimum: 0 })).toEqual({ lower: 0, upper: 1 });
  });

  it('asks for the quantiles where the method needs them', () => {
    expect(() => intervalOf(5, quantiles)).toThrow('its quantiles are missing');
  });
});
