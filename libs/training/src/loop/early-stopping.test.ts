import { describe, expect, it } from 'vitest';
import { initialStoppingState, isExhausted, judgeEpoch } from './early-stopping.js';

function judgeAll(losses: readonly number[], patience: number, constant: readonly boolean[] = []) {
  let state = initialStoppingState;
  return losses.map((validationLoss, index) => {
    const step = judgeEpoch(state, { validationLoss, isConstant: constant[index] ?? false }, patience);
    state = step.state;
    return { ...step, stop: isExhausted(state, patience) };
  });
}

describe('judgeEpoch()', () => {
  it('calls an epoch best only if it beats all before it; a tie does not', () => {
    expect(judgeAll([3, 2, 2, 1], 10).map(({ best }) => best)).toEqual([true, true, false, true]);
  });

  it('stops after `patience` epochs in a row without a better one, and not before', () => {
    const stops = judgeAll([1, 2, 2, 0.5, 2, 2, 2], 3).map(({ stop }) => stop);
    expect(stops).toEqual([false, false, false, false, false, false, true]);
  });

  it('halves the learning rate after each half of the patience', () => {
    expect(judgeAll([1, 2, 2, 2, 2], 4).map(({ state }) => state.halvings)).toEqual([0, 0, 1, 1, 2]);
  });

  it('works with the smallest patience', () => {
    expect(judgeAll([1, 2], 1).at(-1)).toMatchObject({ stop: true, state: { halvings: 1 } });
  });

  it('counts epochs with a constant output in a row', () => {
    const steps = judgeAll([1, 2, 0.5, 3], 9, [true, true, false, true]);
    expect(steps.map(({ state }) => state.constantEpochs)).toEqual([1, 2, 0, 1]);
  });
});
