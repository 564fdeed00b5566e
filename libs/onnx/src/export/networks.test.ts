import { largestDifference } from '@i-drill/numerics';
import type { Architecture, SequenceModel } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { answersByFile } from '../testing/answers-by-file.js';
import { predictPlainly } from '../testing/plain-model.js';
import { pointOnly, randomModel, randomWindows, smallArchitectures } from '../testing/random-model.js';
import type { Preprocessing } from '@i-drill/core';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A model of one feature x (mean 10, scale 2) and a target (mean 100, scale 40), windows of two rows. */
function tinyModel(
  architecture: Architecture,
  weights: Readonly<Record<string, [readonly number[], readonly number[]]>>,
): SequenceModel {
  return {
    architecture,
    preprocessing: {
      formatVersion: 1,
      task: 'remaining-useful-life',
      features: [{ name: 'x', unit: '-' }],
      target: { name: 'y', unit: 'h' },
      windowLength: 2,
      padding: 'repeat-first-row',
      featureScaler: { mean: [10], scale: [2] },
      targetScaler: { mean: [100], scale: [40] },
    },
    columns: pointOnly,
    members: [
      Object.entries(weights).map(([name, [shape, values]]) => ({ name, shape, values: Float32Array.from(values) })),
    ],
  };
}

function withPreprocessing(model: SequenceModel, changes: Partial<Preprocessing>): SequenceModel {
  return { ...model, preprocessing: { ...model.preprocessing, ...changes } };
}

const rows = Float32Array.of(12, 7); // scaled 1, -1.5
const closeTo100 = 2e-5; // 1e-6 of the scale 40, plus single precision at 100

describe('exportSequenceModel() computes as by hand', () => {
  /** One unit; every gate has its own weights, so that a swapped gate shows. */
  const oneUnit = tinyModel(
    { type: 'lstm', hiddenSize: 1, numLayers: 1, dropout: 0 },
    {
      // prettier-ignore
      'lstm0.weights': [[3, 4], [
        0.2, 0.7, -0.6, 0.1, // recurrent: i, f, g, o
        0.5, -0.4, 0.9, 0.3, // kernel
        0.1, 1, 0, -0.2, // bias
      ]],
      'head.kernel': [[1, 1], [1.5]],
      'head.bias': [[1], [-0.25]],
    },
  );

  it('two steps of one LSTM unit, and the anchor', async () => {
    const c1 = sigmoid(0.5 + 0.1) * Math.tanh(0.9); // the forget gate has nothing to keep yet
    const h1 = sigmoid(0.3 - 0.2) * Math.tanh(c1);
    const i2 = sigmoid(0.5 * -1.5 + 0.2 * h1 + 0.1);
    const f2 = sigmoid(-0.4 * -1.5 + 0.7 * h1 + 1);
    const g2 = Math.tanh(0.9 * -1.5 - 0.6 * h1);
    const o2 = sigmoid(0.3 * -1.5 + 0.1 * h1 - 0.2);
    const h2 = o2 * Math.tanh(f2 * c1 + i2 * g2);
    const byHand = 100 + 40 * (1.5 * h2 - 0.25);

    const [byFile] = (await answersByFile(oneUnit, rows, 1)).prediction;
    expect(Math.abs(byFile! - byHand)).toBeLessThan(closeTo100);
    const anchored = await answersByFile(withPreprocessing(oneUnit, { anchorFeature: 0 }), rows, 1);
    expect(anchored.prediction[0]! - byFile!).toBeCloseTo(7, 4); // the newest raw value
  });

  it('a convolution over three rows with pooling, before one LSTM unit', async () => {
    const model = tinyModel(
      { type: 'cnn-lstm', filters: 1, kernelSize: 3, convolutions: 1, hiddenSize: 1, numLayers: 1, dropout: 0 },
      {
        'conv0.kernel': [
          [3, 1],
          [0.3, 0.5, -0.8],
        ], // the row before, the row itself, the row after
        'conv0.bias': [[1], [0.1]],
        'lstm0.weights': [
          [3, 4],
          [0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0],
        ],
        'head.kernel': [[1, 1], [2]],
        'head.bias': [[1], [0]],
      },
    );
    const first = Math.max(0.5 * 1 - 0.8 * -1.5 + 0.1, 0);
    const second = Math.max(0.3 * 1 + 0.5 * -1.5 + 0.1, 0);
    const step = Math.max(first, second);
    const h = sigmoid(step) * Math.tanh(sigmoid(step) * Math.tanh(step));
    const [byFile] = (await answersByFile(model, rows, 1)).prediction;
    expect(Math.abs(byFile! - (100 + 80 * h))).toBeLessThan(closeTo100);
  });

  it('attention between two rows, two heads of one column each', async () => {
    // Blocks see norm(token) = (a, -a) / sqrt(a² + ε) with a = x for the embedding (x, -x): ±1 but for ε.
    const norm = (name: string): Record<string, [number[], number[]]> => ({
      [`${name}.gain`]: [[2], [1, 1]],
      [`${name}.shift`]: [[2], [0, 0]],
    });
    const model = tinyModel(
      {
        type: 'transformer',
        modelSize: 2,
        heads: 2,
        numLayers: 1,
        feedForwardSize: 1,
        positions: 'learned',
        dropout: 0,
      },
      {
        'embed.kernel': [
          [1, 2],
          [1, -1],
        ],
        'embed.bias': [[2], [0, 0]],
        positions: [
          [2, 2],
          [0.5, 0, -0.25, 0.25],
        ],
        ...norm('block0.norm1'),
        // q, k, v of head 0 from column 0; of head 1 from column 1: one row per input column
        'block0.qkv.kernel': [
          [2, 6],
          [1.5, 0, 0.5, 0, 1, 0, 0, 0.7, 0, -1, 0, 2],
        ],
        'block0.qkv.bias': [[6], [0.1, 0, 0, 0.2, 0, 0.3]],
        'block0.out.kernel': [
          [2, 2],
          [1, 0.5, 0, 1],
        ],
        'block0.out.bias': [[2], [0.05, 0]],
        ...norm('block0.norm2'),
        'block0.up.kernel': [
          [2, 1],
          [1, -1],
        ],
        'block0.up.bias': [[1], [0.2]],
        'block0.down.kernel': [
          [1, 2],
          [0.4, -0.6],
        ],
        'block0.down.bias': [[2], [0, 0.1]],
        ...norm('norm'),
        'head.kernel': [
          [2, 1],
          [0.7, -0.2],
        ],
        'head.bias': [[1], [0.1]],
      },
    );
    const normal = ([a, b]: readonly number[]): number[] => {
      const half = (a! - b!) / 2;
      return [half / Math.sqrt(half * half + 1e-5), -half / Math.sqrt(half * half + 1e-5)];
    };
    const tokens = [[1 + 0.5, -1], [-1.5 - 0.25, 1.5 + 0.25]]; // prettier-ignore
    const [n0, n1] = tokens.map(normal) as [number[], number[]];
    const head = (q: (n: number[]) => number, k: (n: number[]) => number, v: (n: number[]) => number) =>
      [n0, n1].map((n) => {
        const share = sigmoid(q(n) * k(n0) - q(n) * k(n1)); // softmax of two scores; √d = 1
        return share * v(n0) + (1 - share) * v(n1);
      });
    const head0 = head((n) => 1.5 * n[0]! + 0.1, (n) => 0.5 * n[0]!, (n) => n[0]!); // prettier-ignore
    const head1 = head((n) => 0.7 * n[1]!, (n) => -n[1]! + 0.2, (n) => 2 * n[1]! + 0.3); // prettier-ignore
    const finals = tokens.map((token, t) => {
      const middle = [token[0]! + head0[t]! + 0.05, token[1]! + 0.5 * head0[t]! + head1[t]!];
      const n = normal(middle);
      const up = Math.max(n[0]! - n[1]! + 0.2, 0);
      return normal([middle[0]! + 0.4 * up, middle[1]! - 0.6 * up + 0.1]);
    });
    const pooled = [0, 1].map((i) => (finals[0]![i]! + finals[1]![i]!) / 2);
    const byHand = 100 + 40 * (0.7 * pooled[0]! - 0.2 * pooled[1]! + 0.1);
    const [byFile] = (await answersByFile(model, rows, 1)).prediction;
    expect(Math.abs(byFile! - byHand)).toBeLessThan(closeTo100);
  });

  it('the digits of a sensor whose deviation is small beside its mean', async () => {
    const scaler = { featureScaler: { mean: [2388.0961], scale: [0.071] }, targetScaler: { mean: [0], scale: [1] } };
    const model = withPreprocessing(oneUnit, scaler);
    const inputs = Float32Array.of(2388.06, 2388.17);
    const { prediction } = await answersByFile(model, inputs, 1);
    expect(largestDifference(prediction, Float32Array.from(predictPlainly(model, inputs, 1)[0]!))).toBeLessThan(1e-6);
  });
});

describe('exportSequenceModel()', () => {
  for (const architecture of smallArchitectures) {
    it(`gives the same for a window alone and among 1, 7 and 300: ${architecture.type}`, async () => {
      const model = randomModel({ seed: 5, architecture, features: 3, windowLength: 5, columns: pointOnly });
      const inputs = randomWindows(model.preprocessing, 300, 8);
      const { prediction } = await answersByFile(model, inputs, 300);
      expect(new Set(prediction).size).toBe(300);
      const size = inputs.length / 300;
      for (const count of [1, 7]) {
        const { prediction: some } = await answersByFile(model, inputs.slice((300 - count) * size), count);
        expect(largestDifference(prediction.slice(300 - count), some)).toBeLessThan(1e-6);
      }
    });
  }
});
