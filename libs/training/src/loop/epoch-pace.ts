/** Pace of training after an epoch. */
export interface EpochPace {
  readonly windowsPerSecond: number;
  readonly etaSeconds: number;
}

/** What of the training is done and what is left. */
export interface EpochWork {
  /** Training windows per epoch. */
  readonly windows: number;
  /** Epochs that are left if all run. */
  readonly epochsLeft: number;
}

/**
 * Windows per second of the last epoch, and seconds left at the mean duration of the epochs so far.
 *
 * @param marksMs time before the first epoch of this process and after each one
 */
export function epochPace(marksMs: readonly number[], { windows, epochsLeft }: EpochWork): EpochPace {
  const done = marksMs.length - 1;
  const lastMs = marksMs[done]! - marksMs[done - 1]!;
  const meanMs = (marksMs[done]! - marksMs[0]!) / done;
  return {
    windowsPerSecond: lastMs > 0 ? (windows * 1000) / lastMs : 0,
    etaSeconds: (meanMs * epochsLeft) / 1000,
  };
}
