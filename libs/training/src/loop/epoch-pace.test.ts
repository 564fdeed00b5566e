import { describe, expect, it } from 'vitest';
import { epochPace } from './epoch-pace.js';

describe('epochPace()', () => {
  it('takes the speed from the last epoch and the time left from the mean', () => {
    // epochs of 1 s and 3 s, 10 in all: 8 left at 2 s
    expect(epochPace([0, 1000, 4000], { windows: 600, epochsLeft: 8 })).toEqual({
      windowsPerSecond: 200,
      etaSeconds: 16,
    });
  });

  it('says 0 windows per second when the clock stood still', () => {
    expect(epochPace([5, 5], { windows: 600, epochsLeft: 9 })).toEqual({ windowsPerSecond: 0, etaSeconds: 0 });
  });
});
