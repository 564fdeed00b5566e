import { describe, expect, it } from 'vitest';
import { spread, spreadText } from './spread.js';

describe('spread()', () => {
  it('is median and range, whatever the order', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
    expect(spread([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1, high: 4 });
  });

  it('needs a value', () => {
    expect(() => spread([])).toThrow(RangeError);
  });
});

describe('spreadText()', () => {
  it('states the range where there is one', () => {
    expect(spreadText({ median: 12.345, low: 11.9, high: 13.051 }, 2)).toBe('12.35 (11.90-13.05)');
    expect(spreadText({ median: 12.345, low: 12.345, high: 12.345 }, 1)).toBe('12.3');
  });
});
