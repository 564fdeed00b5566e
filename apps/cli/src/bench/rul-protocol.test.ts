import { cmapssSubsets } from '@i-drill/datasets';
import { modelTypes } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { rulRecipe } from './rul-protocol.js';

describe('rulRecipe()', () => {
  it.each(modelTypes)('declares the same %s for every subset but for the epochs', (modelType) => {
    const recipes = cmapssSubsets.map((subset) => rulRecipe(modelType, subset));
    for (const { architecture, settings } of recipes) {
      expect(architecture).toEqual(recipes[0]!.architecture);
      expect(architecture.type).toBe(modelType);
      expect({ ...settings, epochs: 0, patience: 0 }).toEqual({ ...recipes[0]!.settings, epochs: 0, patience: 0 });
    }
  });

  it('never stops before the cosine has ended, and warms up for less than the whole training', () => {
    for (const epochs of [1, 2, 28]) {
      const { settings } = rulRecipe('lstm', 'FD001', epochs);
      expect(settings).toMatchObject({ epochs, patience: epochs });
      expect(settings.schedule).toEqual({ type: 'cosine', warmupEpochs: Math.min(1, epochs - 1) });
    }
  });
});
