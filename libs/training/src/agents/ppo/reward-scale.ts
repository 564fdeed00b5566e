import { addRows, type RunningMoments } from '../policy/running-moments.js';
import type { Rollout } from './rollout.js';

/** What the scale of rewards is made from. */
export interface RewardScaleState {
  /** Of the discounted return so far, one column. */
  readonly moments: RunningMoments;
  /** That return in every place, shape [N]. */
  readonly returns: Float64Array;
}

/**
 * Divides rewards by the spread of the discounted return G ← γ·G + r, so that values are of the size of 1 whatever the unit
 * of the reward (Engstrom et al. 2020, "Implementation matters in deep policy gradients", ICLR). Rewards keep their sign.
 *
 * @returns rewards, scaled, in the order of the rollout
 */
export function scaleRewards(
  state: RewardScaleState,
  { rewards, last, terminal }: Rollout,
  gamma: number,
): Float32Array {
  const { moments, returns } = state;
  const steps = rewards.length / returns.length;
  const seen = new Float64Array(rewards.length);
  for (let row = 0; row < rewards.length; row++) {
    const place = Math.floor(row / steps);
    returns[place] = gamma * returns[place]! + rewards[row]!;
    seen[row] = returns[place];
    const recordingStops = row % steps === steps - 1 && terminal[row] === 0;
    if (last[row] === 1 && !recordingStops) returns[place] = 0;
  }
  addRows(moments, seen);
  const spread = Math.sqrt(moments.squares[0]! / moments.count + 1e-8);
  return rewards.map((reward) => reward / spread);
}
