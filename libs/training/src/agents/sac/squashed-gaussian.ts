const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
const leastLogSpread = -20;
const greatestLogSpread = 2;

/** Rows of what the actor answers, and what was drawn from it. */
export interface SquashedBatch {
  readonly rows: number;
  /** A. */
  readonly width: number;
  /** μ, then log σ of each row, [rows, 2A]. */
  readonly outputs: Float32Array;
  /** Standard normal deviates, [rows, A]. */
  readonly noise: Float64Array;
  /** a, [rows, A]. */
  readonly actions: Float32Array;
  /** log π(a), [rows]. */
  readonly logProbabilities: Float32Array;
}

/**
 * Draws actions between −1 and 1 (Haarnoja et al. 2018, arXiv:1812.05905, appendix C):
 *
 *   u = μ + σ·ε,   a = tanh u,   log π(a) = Σ −½·ε² − log σ − ½·log 2π − log(1 − tanh² u)
 *
 * with log σ cut to [−20, 2] and log(1 − tanh² u) = 2·(log 2 − u − log(1 + e^(−2u))), which does not lose its digits.
 * Writes `actions` and `logProbabilities`.
 */
export function drawSquashed({ rows, width, outputs, noise, actions, logProbabilities }: SquashedBatch): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const deviate = noise[row * width + k]!;
      const logSpread = cutLogSpread(outputs[row * 2 * width + width + k]!);
      const u = outputs[row * 2 * width + k]! + Math.exp(logSpread) * deviate;
      actions[row * width + k] = Math.tanh(u);
      sum -= 0.5 * deviate ** 2 + logSpread + halfLogTwoPi + 2 * (Math.LN2 - u - softplus(-2 * u));
    }
    logProbabilities[row] = sum;
  }
}

/**
 * Derivatives of L = mean[α·log π(a) + f(a)] through the drawn actions, the noise held still (α is the temperature):
 *
 *   dL / dμ = (2α·a + f'(a)·(1 − a²)) / rows
 *   dL / d log σ = (α·(2a·σε − 1) + f'(a)·(1 − a²)·σε) / rows,   0 where log σ is cut
 *
 * @param actionSlopes f'(a) per row, [rows, A]; f is what the critics take away
 * @param slopes dL / d(outputs), [rows, 2A]; written anew
 */
export function squashedSlopes(
  batch: SquashedBatch,
  temperature: number,
  actionSlopes: Float32Array,
  slopes: Float32Array,
): void {
  const { rows, width, outputs, noise, actions } = batch;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < width; k++) {
      const [at, output] = [row * width + k, row * 2 * width + k];
      const action = actions[at]!;
      const raw = outputs[output + width]!;
      const logSpread = cutLogSpread(raw);
      const moved = Math.exp(logSpread) * noise[at]!;
      const slope = 2 * temperature * action + actionSlopes[at]! * (1 - action * action); // dL / du
      slopes[output] = slope / rows;
      slopes[output + width] = raw === logSpread ? (slope * moved - temperature) / rows : 0;
    }
  }
}

function cutLogSpread(value: number): number {
  return Math.min(greatestLogSpread, Math.max(leastLogSpread, value));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
