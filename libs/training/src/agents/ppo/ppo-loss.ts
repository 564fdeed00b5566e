import type { ActionDistribution } from './action-distribution.js';

/** Rows a policy is improved on. */
export interface PolicyBatch {
  readonly rows: number;
  /** What the actor answers now, [rows, outputs]. */
  readonly outputs: Float32Array;
  /** What was done, [rows, width]. */
  readonly actions: Float32Array;
  /** log π(a) when it was done, [rows]. */
  readonly logProbabilities: Float32Array;
  /** Shape [rows]. */
  readonly advantages: Float32Array;
}

/** How far a policy may go. */
export interface PolicyLossOptions {
  readonly clipRange: number;
  readonly entropyCoefficient: number;
}

/** What an improvement is watched by. */
export interface PolicyLossReport {
  readonly loss: number;
  /** Mean, nats. */
  readonly entropy: number;
  /** How far the policy is from the one that acted: mean of (ρ − 1) − log ρ, never below 0 (Schulman 2020, "Approximating KL divergence"). */
  readonly klDivergence: number;
  /** Share of rows whose ratio is outside the clip range. */
  readonly clippedShare: number;
}

/**
 * Clipped surrogate of proximal policy optimisation (Schulman et al. 2017, arXiv:1707.06347, eq. 7), with an entropy bonus:
 *
 *   ρ = π(a) / π_old(a),   L = −mean[min(ρ·A, clip(ρ, 1 − ε, 1 + ε)·A)] − c·mean[H]
 *
 * @param slopes dL / d(outputs), [rows, outputs]; written anew
 */
export function policyLoss(
  distribution: ActionDistribution,
  batch: PolicyBatch,
  { clipRange, entropyCoefficient }: PolicyLossOptions,
  slopes: Float32Array,
): PolicyLossReport {
  const { rows, outputs, actions, logProbabilities, advantages } = batch;
  const sums = { loss: 0, entropy: 0, klDivergence: 0, clipped: 0 };
  for (let row = 0; row < rows; row++) {
    const advantage = advantages[row]!;
    const { logProbability, entropy } = distribution.evaluate(outputs, row, actions);
    const logRatio = logProbability - logProbabilities[row]!;
    const ratio = Math.exp(logRatio);
    const clipped = Math.min(1 + clipRange, Math.max(1 - clipRange, ratio));
    sums.loss -= Math.min(ratio * advantage, clipped * advantage) + entropyCoefficient * entropy;
    sums.entropy += entropy;
    sums.klDivergence += ratio - 1 - logRatio;
    if (clipped !== ratio) sums.clipped++;
    // The clipped branch is flat; the other one has dρ / d log π = ρ.
    const counts = ratio * advantage <= clipped * advantage ? ratio * advantage : 0;
    distribution.addSlopes({ logProbability: -counts / rows, entropy: -entropyCoefficient / rows }, slopes);
  }
  return {
    loss: sums.loss / rows,
    entropy: sums.entropy / rows,
    klDivergence: sums.klDivergence / rows,
    clippedShare: sums.clipped / rows,
  };
}

/** What a critic is taught. */
export interface ValueBatch {
  readonly rows: number;
  /** What it answers now, [rows]. */
  readonly values: Float32Array;
  /** What came of it, [rows]. */
  readonly returns: Float32Array;
}

/**
 * L = c·mean[(V − R)²].
 *
 * @param slopes dL / dV, [rows]; written anew
 * @returns L
 */
export function valueLoss({ rows, values, returns }: ValueBatch, coefficient: number, slopes: Float32Array): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const error = values[row]! - returns[row]!;
    sum += error ** 2;
    slopes[row] = (2 * coefficient * error) / rows;
  }
  return (coefficient * sum) / rows;
}
