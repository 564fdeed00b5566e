import { describe, expect, it } from 'vitest';
import { countMetricSteps } from './metric-steps.js';

describe('countMetricSteps()', () => {
  it('counts from 0 for each key by itself', () => {
    const steps = countMetricSteps();
    expect([steps.next('a', undefined), steps.next('a', undefined), steps.next('b', undefined)]).toEqual([0, 1, 0]);
  });

  it('goes on after the highest step that was given', () => {
    const steps = countMetricSteps();
    expect([steps.next('a', 10), steps.next('a', 3), steps.next('a', undefined)]).toEqual([10, 3, 11]);
  });

  it('asks for a step of a key that a resumed run has, once', () => {
    const steps = countMetricSteps(new Set(['a']));
    expect(() => steps.next('a', undefined)).toThrow('give the step');
    expect([steps.next('a', 7), steps.next('a', undefined), steps.next('new', undefined)]).toEqual([7, 8, 0]);
  });
});
