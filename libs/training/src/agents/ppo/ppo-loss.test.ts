import { describe, expect, it } from 'vitest';
import { categorical } from './categorical.js';
import { policyLoss, valueLoss, type PolicyBatch, type PolicyLossReport } from './ppo-loss.js';

const options = { clipRange: 0.2, entropyCoefficient: 0 };

/** One row of two choices whose ratio is `ratio`: the first was taken with a chance of one half. */
function oneRow(ratio: number, advantage: number): PolicyBatch {
  const chance = 0.5 * ratio;
  return {
    rows: 1,
    outputs: Float32Array.of(Math.log(chance / (1 - chance)), 0),
    actions: Float32Array.of(0),
    logProbabilities: Float32Array.of(Math.log(0.5)),
    advantages: Float32Array.of(advantage),
  };
}

function lossOf(batch: PolicyBatch, more = options): PolicyLossReport & { readonly slopes: number[] } {
  const slopes = new Float32Array(batch.outputs.length);
  return { ...policyLoss(categorical(2), batch, more, slopes), slopes: Array.from(slopes) };
}

describe('policyLoss()', () => {
  it.each([
    // ratio, advantage, loss, whether it still pulls
    [1.1, 2, -2.2, true],
    [1.5, 2, -2.4, false],
    [1.5, -2, 3, true],
    [0.5, 2, -1, true],
    [0.5, -2, 1.6, false],
    [0.9, -2, 1.8, true],
  ])('at ratio %d and advantage %d is %d', (ratio, advantage, expected, pulls) => {
    const { loss, slopes, clippedShare } = lossOf(oneRow(ratio, advantage));
    expect(loss).toBeCloseTo(expected, 5);
    expect(slopes.some((slope) => slope !== 0)).toBe(pulls);
    expect(clippedShare).toBe(Math.abs(ratio - 1) > 0.2 ? 1 : 0);
  });

  it('derives as differences of the loss do, with the bonus for entropy', () => {
    const batch: PolicyBatch = {
      rows: 3,
      outputs: Float32Array.of(0.3, -0.2, 0.1, 0.4, -1, 0.6),
      actions: Float32Array.of(0, 1, 1),
      logProbabilities: Float32Array.of(-0.7, -0.6, -0.3),
      advantages: Float32Array.of(1.5, -0.7, 0.4),
    };
    const more = { clipRange: 0.2, entropyCoefficient: 0.1 };
    const { slopes } = lossOf(batch, more);
    slopes.forEach((slope, k) => {
      const at = (by: number): number => lossOf({ ...batch, outputs: batch.outputs.map((x, i) => (i === k ? x + by : x)) }, more).loss; // prettier-ignore
      expect(slope).toBeCloseTo((at(1e-3) - at(-1e-3)) / 2e-3, 3);
    });
  });

  it('measures how far the policy has gone, never below 0, and 0 where it stands', () => {
    expect(lossOf(oneRow(1, 1)).klDivergence).toBeCloseTo(0, 6);
    expect(lossOf(oneRow(1.4, 1)).klDivergence).toBeCloseTo(0.4 - Math.log(1.4), 5);
    expect(lossOf(oneRow(0.3, 1)).klDivergence).toBeCloseTo(-0.7 - Math.log(0.3), 5);
  });
});

describe('valueLoss()', () => {
  it('is the mean squared error times its weight, worked by hand', () => {
    const slopes = new Float32Array(2);
    const batch = { rows: 2, values: Float32Array.of(1, 3), returns: Float32Array.of(2, 1) };
    expect(valueLoss(batch, 0.5, slopes)).toBeCloseTo(0.5 * ((1 + 4) / 2), 6);
    expect(Array.from(slopes)).toEqual([-0.5, 1]);
  });
});
