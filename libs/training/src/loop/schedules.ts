import type { TrainingSettings } from './training-types.js';

/** Where a training stands, as far as the learning rate is concerned. */
export interface ScheduleState {
  /** Epochs since the start, with the part of the running one that is done: 0 at the first step. */
  readonly elapsed: number;
  /** How often a plateau has halved the rate. */
  readonly halvings: number;
}

/**
 * The learning rate of the next step, from the rate α of the settings:
 *
 *   plateau   α / 2^halvings
 *   cosine    α · (elapsed + 1 step) / warm-up                              while warming up
 *             α · (1 + cos(π · (elapsed − warm-up) / (epochs − warm-up))) / 2   after (Loshchilov & Hutter 2017, eq. 5, one cycle)
 *
 * @param stepLength epochs per step: 1 / steps per epoch
 */
export function learningRateAt(
  { schedule, learningRate, epochs }: Pick<TrainingSettings, 'schedule' | 'learningRate' | 'epochs'>,
  { elapsed, halvings }: ScheduleState,
  stepLength: number,
): number {
  if (schedule.type === 'plateau') return learningRate / 2 ** halvings;
  const { warmupEpochs } = schedule;
  if (elapsed < warmupEpochs) return learningRate * Math.min(1, (elapsed + stepLength) / warmupEpochs);
  const progress = (elapsed - warmupEpochs) / (epochs - warmupEpochs);
  return (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
}
