import { describe, expect, it } from 'vitest';
import { dataSet, segment } from '../testing/data-sets.js';
import { fitPreprocessing } from './fit-preprocessing.js';

describe('fitPreprocessing()', () => {
  it('takes mean and deviation over all rows of all segments', () => {
    const data = dataSet([segment('u', [1, 3], [10, 20]), segment('v', [5], [30])]);
    const fitted = fitPreprocessing(data, { windowLength: 4 });
    expect(fitted.featureScaler.mean).toEqual([3]);
    expect(fitted.featureScaler.scale[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(fitted.targetScaler.mean).toEqual([20]);
    expect(fitted).toMatchObject({ formatVersion: 1, windowLength: 4, padding: 'repeat-first-row' });
    expect(fitted).not.toHaveProperty('targetCap');
    expect(fitted).not.toHaveProperty('anchorFeature');
  });

  it('gives a constant column scale 1', () => {
    const fitted = fitPreprocessing(dataSet([segment('u', [0.1, 0.1, 0.1], [1, 2, 3])]), { windowLength: 1 });
    expect(fitted.featureScaler.scale).toEqual([1]);
  });

  it('fits the target as it is learned: capped, and less the anchor', () => {
    const data = dataSet([segment('u', [1, 2, 3], [5, 100, NaN])], { anchorFeature: 0 });
    const fitted = fitPreprocessing(data, { windowLength: 1, targetCap: 12 });
    expect(fitted.targetScaler).toEqual({ mean: [7], scale: [3] }); // 5 − 1 and 12 − 2
    expect(fitted).toMatchObject({ targetCap: 12, anchorFeature: 0 });
  });

  it('refuses a missing feature value and a data set without any target', () => {
    expect(() => fitPreprocessing(dataSet([segment('u', [NaN], [1])]), { windowLength: 1 })).toThrow(
      expect.objectContaining({ code: 'TRAINING_NAN_FEATURE' }) as Error,
    );
    expect(() => fitPreprocessing(dataSet([segment('u', [1], [NaN])]), { windowLength: 1 })).toThrow(
      expect.objectContaining({ code: 'TRAINING_TOO_FEW_WINDOWS' }) as Error,
    );
  });
});
