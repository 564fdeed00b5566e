import { intervalOf, predictOutputs, selectBackend, type SequenceModel } from '@i-drill/training';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { answersByFile } from '../testing/answers-by-file.js';
import { modelChoices } from '../testing/model-choices.js';
import { predictPlainly } from '../testing/plain-model.js';
import { randomModel, randomWindows } from '../testing/random-model.js';
import type { Predictions } from '../runtime/predictions.js';

const tolerance = 1e-5;

/** Difference of two lists in scaled target units, relative to the largest value, or to 1 if all are smaller. */
function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: number): number {
  let difference = 0;
  let largest = 1;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!) / scale);
    largest = Math.max(largest, Math.abs(expected[i]!) / scale);
  }
  return difference / largest; // NaN where one of them is NaN
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
        expect(relativeDifference(answersOf(byFile), answersOfColumns(model, trained, count), scale)).toBeLessThan(
          tolerance,
        );
        const plain = predictPlainly(model, inputs, count);
        const plainColumns = model.columns.map((_, o) => plain.map((row) => row[o]!));
        expect(relativeDifference(answersOf(byFile), answersOfColumns(model, plainColumns, count), scale)).toBeLessThan(
          tolerance,
        );

        expect(byFile.lower === undefined).toBe(model.interval === undefined);
        if (!model.interval) return;
        // Bins are those of the prediction of the file: two that differ in the last digit may lie on two sides of an edge.
        const ends = Array.from(byFile.prediction, (prediction, n) =>
          intervalOf(prediction, model.interval!, quantilesOf(model, trained, n)),
        );
        expect(relativeDifference(byFile.lower!, ends.map(({ lower }) => lower), scale)).toBeLessThan(tolerance); // prettier-ignore
        expect(relativeDifference(byFile.upper!, ends.map(({ upper }) => upper), scale)).toBeLessThan(tolerance); // prettier-ignore
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
