import { predictWindows, selectBackend } from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportSequenceModel } from './export-sequence-model.js';
import { largestDifference } from '@i-drill/numerics';
import { openModel } from './open-model.js';
import { randomModel, randomWindows } from './testing/random-model.js';

describe('an exported model', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  for (const layers of [1, 2]) {
    for (const anchorFeature of [undefined, 1]) {
      it(`predicts what TensorFlow.js does: ${layers} layers, anchor ${anchorFeature ?? 'none'}`, async () => {
        const random = randomModel({ seed: 40 + layers, layers, features: 6, anchorFeature });
        const targetScaler = { mean: [80], scale: [40] };
        const model = { ...random, preprocessing: { ...random.preprocessing, targetScaler } };
        const inputs = randomWindows(model.preprocessing, 50, 9);
        const opened = await openModel(exportSequenceModel(model));
        const byFile = await opened.predict(inputs, 50);
        await opened.close();
        const byTraining = predictWindows(model, { inputs, count: 50 });
        expect(new Set(byFile).size).toBeGreaterThan(40);
        expect(largestDifference(byFile, byTraining)).toBeLessThan(1e-4);
      });
    }
  }
});
