import type { ModelSignature, Preprocessing } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import { smokeTestPlan } from './smoke-test-plan.js';

const signature: ModelSignature = {
  inputs: [{ name: 'window', dtype: 'float32', shape: [-1, 2, 1] }],
  outputs: [{ name: 'prediction', dtype: 'float32', shape: [-1, 1] }],
};
const preprocessing: Preprocessing = {
  formatVersion: 1,
  task: 'remaining-useful-life',
  features: [{ name: 'torque', unit: 'kN m' }],
  target: { name: 'remaining', unit: 'h' },
  windowLength: 2,
  padding: 'repeat-first-row',
  featureScaler: { mean: [0], scale: [1] },
  targetScaler: { mean: [0], scale: [1] },
};

describe('smokeTestPlan()', () => {
  it('asks for health, one prediction of the example, and the refusal of a bad request', () => {
    expect(smokeTestPlan(signature, preprocessing, [[1], [2]])).toMatchObject([
      { method: 'GET', path: '/health', expectStatus: 200 },
      {
        method: 'POST',
        path: '/invocations',
        body: { inputs: [[[1], [2]]] },
        expectStatus: 200,
        expectFinitePrediction: true,
      },
      { method: 'POST', path: '/invocations', body: { inputs: [[]] }, expectStatus: 400 },
    ]);
  });

  it.each([
    ['too few rows', [[1]]],
    ['a row too wide', [[1], [2, 3]]],
    ['a value that is not finite', [[1], [NaN]]],
  ])('refuses an example with %s', (_case, example) => {
    expect(() => smokeTestPlan(signature, preprocessing, example)).toThrow(
      'is not a window of 2 rows of 1 finite values',
    );
  });

  it('refuses a signature that does not fit the preprocessing', () => {
    const wide = { ...preprocessing, windowLength: 3 };
    expect(() => smokeTestPlan(signature, wide, [[1], [2], [3]])).toThrow('the model takes [-1, 2, 1], not [-1, 3, 1]');
  });
});
