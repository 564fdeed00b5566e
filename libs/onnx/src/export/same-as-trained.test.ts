import { intervalOf, predictOutputs, selectBackend, type Architecture, type SequenceModel } from '@i-drill/training';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { answersByFile } from '../testing/answers-by-file.js';
import { modelChoices } from '../testing/model-choices.js';
import { predictPlainly } from '../testing/plain-model.js';
import { pointOnly, randomModel, randomWindows } from '../testing/random-model.js';
import type { Predictions } from '../runtime/predictions.js';

const tolerance = 1e-5;
const servedArchitectures: readonly Architecture[] = [
  { type: 'lstm', hiddenSize: 64, numLayers: 2, dropout: 0.2 },
  {
    type: 'transformer',
    modelSize: 64,
    heads: 4,
    numLayers: 2,
    feedForwardSize: 128,
    positions: 'sinusoidal',
    dropout: 0.1,
  },
  { type: 'cnn-lstm', filters: 32, kernelSize: 5, convolutions: 2, hiddenSize: 64, numLayers: 1, dropout: 0.1 },
];

/** Difference in scaled target units, relative to the largest value, or to 1 if all are smaller. */
function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: number): void {
  let difference = 0;
  let largest = 1;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!) / scale); // NaN where one of them is NaN
    largest = Math.max(largest, Math.abs(expected[i]!) / scale);
  }
  expect(difference / largest).toBeLessThan(tolerance);
}

/** The point, or the probabilities of all classes, row-major. */
function answersOf({ prediction, probabilities }: Predictions): Float32Array {
  return probabilities ?? prediction;
}

/** The same from columns, each of shape [count]. */
function answersOfColumns(model: SequenceModel, columns: readonly ArrayLike<number>[], count: number): number[] {
  if (!model.preprocessing.classes) return Array.from(columns[pointIndex(model)]!);
  return Array.from({ length: count }, (_, n) => columns.map((column) => column[n]!)).flat();
}

function pointIndex({ columns }: SequenceModel): number {
  return columns.findIndex((column) => column.kind === 'point' || (column.kind === 'quantile' && column.level === 0.5));
}

function quantilesOf(
  { columns }: SequenceModel,
  of: readonly ArrayLike<number>[],
  n: number,
): { lower: number; upper: number } | undefined {
  const at = (level: number): number =>
    columns.findIndex((column) => column.kind === 'quantile' && column.level === level);
  return at(0.05) < 0 ? undefined : { lower: of[at(0.05)]![n]!, upper: of[at(0.95)]![n]! };
}

describe('an exported model of any architecture, columns, regimes, anchor, ensemble and interval', () => {
  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('answers what TensorFlow.js and the plain equations do, to 1e-5', async () => {
    await fc.assert(
      fc.asyncProperty(modelChoices(), fc.constantFrom(1, 7), async (choice, count) => {
        const model = randomModel(choice);
        const scale = model.preprocessing.targetScaler.scale[0]!;
        const inputs = randomWindows(model.preprocessing, count, choice.seed + 1);
        const byFile = await answersByFile(model, inputs, count);

        const trained = predictOutputs(model, { inputs, count }).columns;
        expectSame(answersOf(byFile), answersOfColumns(model, trained, count), scale);
        const plain = predictPlainly(model, inputs, count);
        const plainColumns = model.columns.map((_, o) => plain.map((row) => row[o]!));
        expectSame(answersOf(byFile), answersOfColumns(model, plainColumns, count), scale);

        expect(byFile.lower === undefined).toBe(model.interval === undefined);
        if (!model.interval) return;
        // Bins are those of the prediction of the file: two that differ in the last digit may lie on two sides of an edge.
        const ends = Array.from(byFile.prediction, (prediction, n) =>
          intervalOf(prediction, model.interval!, quantilesOf(model, trained, n)),
        );
        expectSame(byFile.lower!, ends.map(({ lower }) => lower), scale); // prettier-ignore
        expectSame(byFile.upper!, ends.map(({ upper }) => upper), scale); // prettier-ignore
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  for (const architecture of servedArchitectures) {
    it(`answers what TensorFlow.js does at the size that is served, to 1e-5: ${architecture.type}`, async () => {
      const choice = { seed: 8, architecture, features: 14, windowLength: 30, columns: pointOnly };
      const model = randomModel({ ...choice, regimes: { count: 6, conditions: 3 } });
      const inputs = randomWindows(model.preprocessing, 20, 9);
      const { prediction } = await answersByFile(model, inputs, 20);
      expect(new Set(prediction).size).toBe(20);
      expectSame(prediction, predictOutputs(model, { inputs, count: 20 }).prediction, 0.7);
    });
  }
});
