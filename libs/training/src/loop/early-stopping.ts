/** What early stopping remembers. */
export interface StoppingState {
  /** Infinite before the first epoch. */
  readonly bestLoss: number;
  /** Epochs since the best one. */
  readonly stale: number;
  /** How often half the patience has passed without a better epoch. */
  readonly halvings: number;
  /** Epochs in a row whose output was as good as constant. */
  readonly constantEpochs: number;
}

/** What an epoch meant. */
export interface StoppingStep {
  readonly state: StoppingState;
  readonly best: boolean;
}

/** The state before the first epoch. */
export const initialStoppingState: StoppingState = { bestLoss: Infinity, stale: 0, halvings: 0, constantEpochs: 0 };

/** What early stopping looks at after an epoch. */
export interface JudgedEpoch {
  readonly validationLoss: number;
  /** Whether the output hardly varies over the validation windows while the targets do. */
  readonly isConstant: boolean;
}

/**
 * Judges an epoch: a validation loss lower than ever before is `best`; each time half the patience (at least 1 epoch) has
 * passed without one, the learning rate is halved.
 */
export function judgeEpoch(
  state: StoppingState,
  { validationLoss, isConstant }: JudgedEpoch,
  patience: number,
): StoppingStep {
  const constantEpochs = isConstant ? state.constantEpochs + 1 : 0;
  if (validationLoss < state.bestLoss) {
    return { state: { ...state, bestLoss: validationLoss, stale: 0, constantEpochs }, best: true };
  }
  const stale = state.stale + 1;
  const plateau = stale % halfOf(patience) === 0;
  const halvings = state.halvings + (plateau ? 1 : 0);
  return { state: { ...state, stale, halvings, constantEpochs }, best: false };
}

/** Whether `patience` epochs have passed without a better one. */
export function isExhausted({ stale }: StoppingState, patience: number): boolean {
  return stale >= patience;
}

/** Half of the patience, at least 1 epoch. */
export function halfOf(patience: number): number {
  return Math.max(1, Math.floor(patience / 2));
}
