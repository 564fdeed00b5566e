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

  it('gives a column scale 1 whose changes are lost in float32', () => {
    const sum = 0.1 + 0.2; // 0.30000000000000004
    const fitted = fitPreprocessing(dataSet([segment('u', [sum, 0.3, sum], [1, 2, 3])]), { windowLength: 1 });
    expect(fitted.featureScaler.scale).toEqual([1]);
    const small = fitPreprocessing(dataSet([segment('u', [3e-9, 1e-9], [1, 2])]), { windowLength: 1 });
    expect(small.featureScaler.scale[0]).toBeCloseTo(1e-9, 15);
  });

  it('fits a scaler per operating condition where the data set names conditions', () => {
    // Column a is the condition, b a sensor that reads 100 more in the second condition, c is constant in each.
    const rows = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? [0, i % 4, 7] : [50, 101 + (i % 4), 9]));
    const unit = { unit: 'u', rows: 40, features: Float64Array.from(rows.flat()), target: new Float64Array(40) };
    const data = dataSet([unit], { conditionFeatures: [0] });
    const { regimes, featureScaler } = fitPreprocessing(data, { windowLength: 1 });
    expect(regimes).toEqual({
      conditionFeatures: [0],
      conditionScale: [25],
      centres: [[0], [50]],
      scalers: [
        { mean: [0, 1, 7], scale: [1, 1, 1] },
        { mean: [50, 103, 9], scale: [1, 1, 1] },
      ],
    });
    expect(featureScaler.mean).toEqual([25, 52, 8]);
    expect(fitPreprocessing(data, { windowLength: 1, regimes: 'none' })).not.toHaveProperty('regimes');
    expect(fitPreprocessing(dataSet([unit]), { windowLength: 1 })).not.toHaveProperty('regimes');
  });

  it('leaves classes as they are', () => {
    const data = dataSet([segment('u', [1, 2], [0, 1])], { task: 'window-class', classes: ['fine', 'kick'] });
    const fitted = fitPreprocessing(data, { windowLength: 1 });
    expect(fitted).toMatchObject({ classes: ['fine', 'kick'], targetScaler: { mean: [0], scale: [1] } });
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
