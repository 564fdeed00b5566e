/** What early stopping remembers. */
export interface StoppingState {
  readonly bestLoss: number;
  /** Epochs since the best one. */
  readonly stale: number;
  readonly learningRate: number;
}

/** What an epoch meant. */
export interface StoppingStep {
  readonly state: StoppingState;
  readonly best: boolean;
  readonly stop: boolean;
}

/**
 * Judges the validation loss after an epoch: a lower one than ever before is `best`; `patience` epochs without one are
 * `stop`; each time half the patience (at least 1 epoch) has passed without one, the learning rate is halved.
 */
export function judgeEpoch(state: StoppingState, validationLoss: number, patience: number): StoppingStep {
  if (validationLoss < state.bestLoss) {
    return { state: { ...state, bestLoss: validationLoss, stale: 0 }, best: true, stop: false };
  }
  const stale = state.stale + 1;
  const plateau = stale % Math.max(1, Math.floor(patience / 2)) === 0;
  const learningRate = plateau ? state.learningRate / 2 : state.learningRate;
  return { state: { ...state, stale, learningRate }, best: false, stop: stale >= patience };
}
