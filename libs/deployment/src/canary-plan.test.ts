import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canaryPlan, checkSettings } from './canary-plan.js';

const shares = (initialShare: number, increment: number): number[] =>
  canaryPlan({ initialShare, increment, watchMs: 1000 }).steps.map((step) => step.share);

describe('canaryPlan()', () => {
  it('grows from 10 % by 10 % to the whole traffic in ten steps', () => {
    expect(shares(0.1, 0.1)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it('takes the whole traffic at once when it starts there', () => {
    expect(shares(1, 0.1)).toEqual([1]);
  });

  it('cuts the last increment at the whole traffic', () => {
    expect(shares(0.3, 0.4)).toEqual([0.3, 0.7, 1]);
  });

  it('always rises and ends with the whole traffic', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (initialShare, increment) => {
        const plan = shares(initialShare, increment);
        expect(plan.at(-1)).toBe(1);
        for (const [i, value] of plan.entries()) expect(value).toBeGreaterThan(plan[i - 1] ?? 0);
      }),
    );
  });

  it.each([
    [{ initialShare: 0 }, 'initialShare is 0'],
    [{ initialShare: 1.5 }, 'initialShare is 1.5'],
    [{ increment: NaN }, 'increment is NaN'],
    [{ watchMs: -1 }, 'steps[0].watchMs is -1'],
    [{ minRequests: 0 }, 'minRequests is 0'],
    [{ maxInconclusive: -1 }, 'maxInconclusive is -1'],
  ])('refuses %j', (options, message) => {
    const plan = (): unknown => canaryPlan({ initialShare: 0.1, increment: 0.1, watchMs: 1000, ...options });
    expect(plan).toThrow(RangeError);
    expect(plan).toThrow(message);
  });
});

describe('checkSettings()', () => {
  const plan = canaryPlan({ initialShare: 0.5, increment: 0.5, watchMs: 1000 });

  it('refuses a canary without steps', () => {
    expect(() => {
      checkSettings({ ...plan, steps: [] });
    }).toThrow('it has no steps');
  });

  it('refuses steps that take traffic back', () => {
    const steps = [0.5, 0.2].map((share) => ({ share, watchMs: 0 }));
    expect(() => {
      checkSettings({ ...plan, steps });
    }).toThrow('steps[1].share is 0.2; it must be at least 0.5');
  });
});
