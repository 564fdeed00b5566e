import type { Preprocessing } from '@i-drill/core';
import type { LstmLayerWeights, LstmWeights, SequenceModel } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { exportSequenceModel } from './export-sequence-model.js';
import { largestDifference } from '@i-drill/numerics';
import { openModel } from './open-model.js';
import { predictPlainly } from './testing/plain-lstm.js';
import { randomModel, randomWindows } from './testing/random-model.js';

async function predictByFile(model: SequenceModel, inputs: Float32Array, count: number): Promise<Float32Array> {
  const opened = await openModel(exportSequenceModel(model));
  try {
    return await opened.predict(inputs, count);
  } finally {
    await opened.close();
  }
}

/** One layer, one unit, one feature; every gate has its own weights, so that a swapped gate shows. */
function oneUnitModel(changes: Partial<Preprocessing> = {}): SequenceModel {
  return {
    modelType: 'lstm',
    preprocessing: {
      formatVersion: 1,
      task: 'remaining-useful-life',
      features: [{ name: 'x', unit: '-' }],
      target: { name: 'y', unit: 'h' },
      windowLength: 2,
      padding: 'repeat-first-row',
      featureScaler: { mean: [10], scale: [2] },
      targetScaler: { mean: [100], scale: [40] },
      ...changes,
    },
    weights: {
      layers: [
        {
          inputs: 1,
          units: 1,
          kernel: Float32Array.of(0.5, -0.4, 0.9, 0.3), // i, f, c, o
          recurrent: Float32Array.of(0.2, 0.7, -0.6, 0.1),
          bias: Float32Array.of(0.1, 1, 0, -0.2),
        },
      ],
      head: { kernel: Float32Array.of(1.5), bias: Float32Array.of(-0.25) },
    },
  };
}

describe('exportSequenceModel()', () => {
  it('computes two steps of one unit as by hand', async () => {
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    // x = 12, 7 -> z = 1, -1.5
    const c1 = sigmoid(0.5 + 0.1) * Math.tanh(0.9); // the forget gate has nothing to keep yet
    const h1 = sigmoid(0.3 - 0.2) * Math.tanh(c1);
    const i2 = sigmoid(0.5 * -1.5 + 0.2 * h1 + 0.1);
    const f2 = sigmoid(-0.4 * -1.5 + 0.7 * h1 + 1);
    const g2 = Math.tanh(0.9 * -1.5 - 0.6 * h1);
    const o2 = sigmoid(0.3 * -1.5 + 0.1 * h1 - 0.2);
    const h2 = o2 * Math.tanh(f2 * c1 + i2 * g2);
    const byHand = 100 + 40 * (1.5 * h2 - 0.25);

    const [byFile] = await predictByFile(oneUnitModel(), Float32Array.of(12, 7), 1);
    expect(Math.abs(byFile! - byHand)).toBeLessThan(2e-5); // 1e-6 of the scale 40, plus single precision at 100

    const [anchored] = await predictByFile(oneUnitModel({ anchorFeature: 0 }), Float32Array.of(12, 7), 1);
    expect(anchored! - byFile!).toBeCloseTo(7, 4); // the newest raw value
  });

  for (const layers of [1, 2, 3]) {
    for (const anchorFeature of [undefined, 2]) {
      for (const count of [1, 7]) {
        const anchor = anchorFeature === undefined ? 'without anchor' : 'with anchor';
        it(`agrees with a plain LSTM to 1e-6: ${layers} layers, ${anchor}, ${count} windows`, async () => {
          const model = randomModel({ seed: layers * 100 + count, layers, features: 5, anchorFeature });
          const inputs = randomWindows(model.preprocessing, count, 11 + count);
          const byFile = await predictByFile(model, inputs, count);
          expect(byFile).toHaveLength(count);
          expect(new Set(byFile).size).toBe(count);
          expect(largestDifference(byFile, predictPlainly(model, inputs, count))).toBeLessThan(1e-6);
        });
      }
    }
  }

  it('keeps the digits of a sensor whose deviation is small beside its mean', async () => {
    const preprocessing: Partial<Preprocessing> = { featureScaler: { mean: [2388.0961], scale: [0.071] } };
    const model = oneUnitModel({ ...preprocessing, targetScaler: { mean: [0], scale: [1] } });
    const inputs = Float32Array.of(2388.06, 2388.17);
    const byFile = await predictByFile(model, inputs, 1);
    expect(largestDifference(byFile, predictPlainly(model, inputs, 1))).toBeLessThan(1e-6);
  });

  it('gives the same answer for a window alone and inside 600 others', async () => {
    const model = randomModel({ seed: 5, layers: 1, features: 3 });
    const inputs = randomWindows(model.preprocessing, 600, 8);
    const size = inputs.length / 600;
    const together = await predictByFile(model, inputs, 600);
    const alone = await predictByFile(model, inputs.slice(size * 599), 1);
    expect(largestDifference(together.slice(599), alone)).toBeLessThan(1e-6);
  });

  it('writes the same bytes for the same model and other bytes for another weight', () => {
    const bytes = exportSequenceModel(oneUnitModel());
    expect(exportSequenceModel(oneUnitModel())).toEqual(bytes);
    const other = oneUnitModel();
    other.weights.head.bias[0] = 0.125;
    expect(exportSequenceModel(other)).not.toEqual(bytes);
  });
});

describe('exportSequenceModel() refuses', () => {
  const refused: Record<string, (model: SequenceModel) => SequenceModel> = {
    'a model without a layer': (model) => withWeights(model, { layers: [] }),
    'a kernel of the wrong size': (model) => withLayer(model, { kernel: new Float32Array(3) }),
    'a recurrent kernel of the wrong size': (model) => withLayer(model, { recurrent: new Float32Array(3) }),
    'a bias of the wrong size': (model) => withLayer(model, { bias: new Float32Array(3) }),
    'a layer of other inputs': (model) => withLayer(model, { inputs: 2, kernel: new Float32Array(8) }),
    'a head of the wrong size': (model) =>
      withWeights(model, { head: { kernel: new Float32Array(2), bias: new Float32Array(1) } }),
    'a weight that is NaN': (model) => withLayer(model, { bias: Float32Array.of(0, 0, NaN, 0) }),
    'a scaler of the wrong size': (model) => withPreprocessing(model, { featureScaler: { mean: [0, 0], scale: [1] } }),
    'a scaler that is infinite': (model) =>
      withPreprocessing(model, { targetScaler: { mean: [0], scale: [Infinity] } }),
    'a window of no rows': (model) => withPreprocessing(model, { windowLength: 0 }),
    'an anchor that is no feature': (model) => withPreprocessing(model, { anchorFeature: 1 }),
  };
  for (const [title, spoil] of Object.entries(refused)) {
    it(title, () => {
      expect(() => exportSequenceModel(spoil(oneUnitModel()))).toThrow(
        expect.objectContaining({ name: 'OnnxError', code: 'ONNX_INVALID_MODEL' }),
      );
    });
  }
});

function withPreprocessing(model: SequenceModel, changes: Partial<Preprocessing>): SequenceModel {
  return { ...model, preprocessing: { ...model.preprocessing, ...changes } };
}

function withWeights(model: SequenceModel, changes: Partial<LstmWeights>): SequenceModel {
  return { ...model, weights: { ...model.weights, ...changes } };
}

function withLayer(model: SequenceModel, changes: Partial<LstmLayerWeights>): SequenceModel {
  return withWeights(model, { layers: [{ ...model.weights.layers[0]!, ...changes }] });
}
