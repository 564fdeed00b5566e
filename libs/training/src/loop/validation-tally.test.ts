import { describe, expect, it } from 'vitest';
import { smallSet } from '../testing/small-training.js';
import { fitPreprocessing } from './fit-preprocessing.js';
import { outputColumns, type LossTerm } from './losses.js';
import { ValidationTally, type ValidationScore } from './validation-tally.js';

const preprocessing = { ...fitPreprocessing(smallSet, { windowLength: 4 }), targetScaler: { mean: [50], scale: [4] } };

/** The score of outputs and targets that come in batches of two windows. */
function scored(
  terms: LossTerm[],
  outputs: readonly number[][],
  targets: readonly number[],
  classes: string[] = [],
): ValidationScore {
  const tally = new ValidationTally(terms, outputColumns(terms, classes));
  for (let start = 0; start < targets.length; start += 2) {
    tally.add(
      Float32Array.from(outputs.slice(start, start + 2).flat()),
      Float32Array.from(targets.slice(start, start + 2)),
    );
  }
  return tally.score(preprocessing);
}

describe('ValidationTally', () => {
  it('scores a number over all batches, the last of which is smaller', () => {
    // errors 1, -1, 4; targets 0, 2, -2 with deviation √(8/3), outputs 1, 1, 2 with deviation √(2/9)
    const score = scored([{ type: 'mse' }], [[1], [1], [2]], [0, 2, -2]);
    expect(score.loss).toBeCloseTo(6, 12);
    expect(score.rmse).toBeCloseTo(4 * Math.sqrt(6), 12);
    expect(score.accuracy).toBeNaN();
    expect(score.variation).toBeCloseTo(Math.sqrt(2 / 9) / Math.sqrt(8 / 3), 12);
    expect(score.referenceLoss).toBeCloseTo((2 * 2 + 4) / 3, 12);
  });

  it('takes the median for the point where there is no other', () => {
    const score = scored([{ type: 'pinball', levels: [0.1, 0.5] }], [[9, 1], [9, 3]], [1, 1]); // prettier-ignore
    expect(score.rmse).toBeCloseTo(4 * Math.sqrt(2), 12);
    expect(score.variation).toBe(Infinity); // the targets are equal
  });

  it('counts the right classes and how far probabilities vary', () => {
    const terms: LossTerm[] = [{ type: 'cross-entropy', classWeights: [1, 1] }];
    const sure = scored(terms, [[20, 0], [0, 20], [20, 0]], [0, 1, 1], ['no', 'yes']); // prettier-ignore
    expect(sure.accuracy).toBeCloseTo(2 / 3, 12);
    expect(sure.rmse).toBeNaN();
    expect(sure.variation).toBeCloseTo(1, 3);
    const same = scored(terms, [[1, 0], [1, 0]], [0, 1], ['no', 'yes']); // prettier-ignore
    expect(same.variation).toBe(0);
  });
});
