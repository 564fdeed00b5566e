import type { ObservationScaling } from './policy.js';
import { spreads, type RunningMoments } from './running-moments.js';

/** Scaled observations are cut here, as in the reference implementations of PPO. */
const limit = 10;
/** Added to the variance, so that a column that hardly moves is not blown up. */
const leastVariance = 1e-8;

/** Observations as they are. */
export function identityScaling(columns: number): ObservationScaling {
  return { mean: new Array<number>(columns).fill(0), scale: new Array<number>(columns).fill(1), limit: Infinity };
}

/** Zero mean and unit variance over what has been seen. */
export function scalingOf(moments: RunningMoments): ObservationScaling {
  const scale = spreads(moments).map((spread) => Math.sqrt(spread ** 2 + leastVariance));
  return { mean: Array.from(moments.mean), scale, limit };
}

/** Writes scaled rows; both [rows, columns]. */
export function scaleObservations(scaling: ObservationScaling, rows: Float32Array, into: Float32Array): void {
  const { mean, scale, limit: most } = scaling;
  const columns = mean.length;
  for (let i = 0; i < rows.length; i += columns) {
    for (let k = 0; k < columns; k++) {
      const value = (rows[i + k]! - mean[k]!) / scale[k]!;
      into[i + k] = Math.min(most, Math.max(-most, value));
    }
  }
}
