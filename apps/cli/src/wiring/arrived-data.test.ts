import type { Preprocessing } from '@i-drill/core';
import type { DatasetRecipe } from '@i-drill/workflows';
import { describe, expect, it } from 'vitest';
import { arrivalSchema } from './arrived-data.js';

const preprocessing: Preprocessing = {
  formatVersion: 1,
  task: 'remaining-useful-life',
  features: [{ name: 'wear', unit: 'mm' }],
  target: { name: 'remaining', unit: 'h' },
  windowLength: 3,
  padding: 'repeat-first-row',
  featureScaler: { mean: [0], scale: [1] },
  targetScaler: { mean: [0], scale: [1] },
};
const recipe: DatasetRecipe = { parts: [], split: {}, fingerprint: 'f', rows: 9, units: 3 };

describe('arrivalSchema()', () => {
  it('asks for the features and the target of the model', () => {
    expect(arrivalSchema('bit-life', preprocessing, recipe)).toEqual({
      name: 'bit-life',
      task: 'remaining-useful-life',
      features: [{ name: 'wear', unit: 'mm' }],
      target: { name: 'remaining', unit: 'h' },
      evaluateOn: 'every-row',
    });
  });

  it('judges arrivals on the rows the version was judged on', () => {
    const judged = { ...recipe, evaluateOn: 'last-row' } as const;
    expect(arrivalSchema('bit-life', preprocessing, judged).evaluateOn).toBe('last-row');
  });

  it('asks for the number that classes are made of', () => {
    const of = { task: 'remaining-useful-life', target: { name: 'remaining', unit: 'h' } } as const;
    const { task, target } = arrivalSchema(
      'bit-life',
      { ...preprocessing, task: 'window-class', target: { name: 'remaining_class', unit: '-' }, classes: ['a', 'b'] },
      { ...recipe, classes: { bounds: [8], of } },
    );
    expect({ task, target }).toEqual(of);
  });

  it('keeps the anchor', () => {
    expect(arrivalSchema('rop', { ...preprocessing, anchorFeature: 0 }, recipe).anchorFeature).toBe(0);
  });
});
