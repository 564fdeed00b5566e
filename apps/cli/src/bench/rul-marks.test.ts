import { describe, expect, it } from 'vitest';
import { intervalMarks, rulMarks } from './rul-marks.js';

describe('rulMarks()', () => {
  it('scores against the true life cut at the cap, and as it is', () => {
    const marks = rulMarks([10, 145], [13, 125], 125);
    expect(marks.rmseCapped).toBeCloseTo(Math.sqrt(9 / 2), 12);
    expect(marks.rmseUncapped).toBeCloseTo(Math.sqrt((9 + 400) / 2), 12);
    expect(marks.maeCapped).toBe(1.5);
    expect(marks.phmCapped).toBeCloseTo(Math.expm1(0.3), 12); // late by 3
    expect(marks.phmUncapped).toBeCloseTo(Math.expm1(0.3) + Math.expm1(20 / 13), 12);
  });
});

describe('intervalMarks()', () => {
  it('asks for the true life cut at the cap', () => {
    const answer = { unit: 'a', predicted: 120, lower: 110, upper: 125 };
    const answers = [
      { ...answer, actual: 145 },
      { ...answer, actual: 100 },
    ];
    expect(intervalMarks(answers, 125)).toEqual({ coverage: 0.5, width: 15 });
  });
});
