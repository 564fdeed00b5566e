import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classedSet } from '../testing/small-training.js';
import { balancedClassWeights, requireSeveralClasses } from './class-weights.js';
import { fitPreprocessing } from './fit-preprocessing.js';
import { segmentWindows } from './segment-windows.js';

describe('balancedClassWeights()', () => {
  it('gives every class that occurs the same say, and a window the mean weight 1', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }), (targets) => {
        const weights = balancedClassWeights(targets, 6);
        const occurring = new Set(targets);
        expect(targets.reduce((sum, label) => sum + weights[label]!, 0)).toBeCloseTo(targets.length, 9);
        for (const label of occurring) {
          const count = targets.filter((target) => target === label).length;
          expect(count * weights[label]!).toBeCloseTo(targets.length / occurring.size, 9);
        }
        weights.forEach((weight, label) => {
          if (!occurring.has(label)) expect(weight).toBe(0);
        });
      }),
    );
  });

  it('refuses what is no class', () => {
    expect(() => balancedClassWeights([0, 2], 2)).toThrow('a target is 2');
    expect(() => balancedClassWeights([0.5], 2)).toThrow(RangeError);
  });
});

describe('requireSeveralClasses()', () => {
  const several = classedSet('a', 1);
  const options = { windowLength: 4 };

  it('names the only class, and does not mind two of three', async () => {
    const [segment] = several.segments;
    const onlyLow = { ...several, segments: [{ ...segment!, target: segment!.target.map(() => 0) }] };
    const lowAndHigh = { ...several, segments: [{ ...segment!, target: segment!.target.map((label) => Math.min(label, 1) * 2) }] }; // prettier-ignore
    const preprocessing = fitPreprocessing(several, options);
    await expect(requireSeveralClasses(segmentWindows(onlyLow, options), preprocessing)).rejects.toMatchObject({
      code: 'TRAINING_ONE_CLASS',
      message: expect.stringContaining('class "low"') as string,
      details: { class: 'low', windows: 120 },
    });
    await expect(requireSeveralClasses(segmentWindows(lowAndHigh, options), preprocessing)).resolves.toBeUndefined();
  });
});
