import { describe, expect, it } from 'vitest';
import { judgeEpoch, type StoppingState } from './early-stopping.js';

function judgeAll(losses: readonly number[], patience: number) {
  let state: StoppingState = { bestLoss: Infinity, stale: 0, learningRate: 0.8 };
  return losses.map((loss) => {
    const step = judgeEpoch(state, loss, patience);
    state = step.state;
    return step;
  });
}

describe('judgeEpoch()', () => {
  it('calls an epoch best only if it beats all before it; a tie does not', () => {
    expect(judgeAll([3, 2, 2, 1], 10).map(({ best }) => best)).toEqual([true, true, false, true]);
  });

  it('stops after `patience` epochs in a row without a better one, and not before', () => {
    expect(judgeAll([1, 2, 2, 0.5, 2, 2, 2], 3).map(({ stop }) => stop)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('halves the learning rate after each half of the patience', () => {
    const rates = judgeAll([1, 2, 2, 2, 2], 4).map(({ state }) => state.learningRate);
    expect(rates).toEqual([0.8, 0.8, 0.4, 0.4, 0.2]);
  });

  it('works with the smallest patience', () => {
    expect(judgeAll([1, 2], 1).at(-1)).toMatchObject({ stop: true, state: { learningRate: 0.4 } });
  });
});
