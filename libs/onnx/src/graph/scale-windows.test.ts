import type { Regimes } from '@i-drill/core';
import type { SequenceModel } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { answersByFile } from '../testing/answers-by-file.js';
import { pointOnly, randomModel } from '../testing/random-model.js';

const plain = randomModel({
  seed: 6,
  architecture: { type: 'lstm', hiddenSize: 3, numLayers: 1, dropout: 0 },
  features: 3,
  windowLength: 1,
  columns: pointOnly,
});
const scalers = [
  { mean: [0, 0, 0], scale: [1, 1, 1] },
  { mean: [1, -2, 3], scale: [2, 0.5, 7] },
  { mean: [-1, 1, 0.5], scale: [0.3, 3, 2] },
];
const regimes: Regimes = {
  conditionFeatures: [2, 0],
  conditionScale: [10, 1],
  centres: [[0, 0], [20, 4], [20, 0]], // prettier-ignore
  scalers,
};

function withPreprocessing(changes: Partial<SequenceModel['preprocessing']>): SequenceModel {
  return { ...plain, preprocessing: { ...plain.preprocessing, ...changes } };
}

async function predict(model: SequenceModel, row: readonly number[]): Promise<number> {
  return (await answersByFile(model, Float32Array.from(row), 1)).prediction[0]!;
}

describe('the regimes of an exported model', () => {
  const cases: [title: string, row: readonly number[], regime: number][] = [
    ['the only near centre', [4, 0.5, 21], 1],
    ['another one', [0.2, 0.5, 19], 2],
    ['the nearest in units of the condition scale', [1.2, 9, 9], 0], // 0.81 + 1.44 against 1.21 + 1.44 of centre 2
    ['the first one at a tie of two', [2, 1, 20], 1],
    ['the first one at a tie of the first and the last', [0, 1, 10], 0],
  ];
  for (const [title, row, regime] of cases) {
    it(`scale a row by ${title}`, async () => {
      const byRegime = await predict(withPreprocessing({ regimes }), row);
      for (const [k, featureScaler] of scalers.entries()) {
        const alone = await predict(withPreprocessing({ featureScaler }), row);
        if (k === regime) expect(byRegime).toBe(alone);
        else expect(byRegime).not.toBeCloseTo(alone, 4);
      }
    });
  }
});
