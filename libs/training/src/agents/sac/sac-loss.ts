/** What the critics are taught with: rows of the next state. */
export interface TargetBatch {
  readonly rows: number;
  /** Shape [rows], as all of them. */
  readonly rewards: Float32Array;
  /** 1 where nothing follows. */
  readonly terminal: Float32Array;
  /** Of the two target critics, for an action drawn in the next state. */
  readonly valuesA: Float32Array;
  readonly valuesB: Float32Array;
  /** log π of that action. */
  readonly logProbabilities: Float32Array;
}

/** Discount γ and weight of the entropy α. */
export interface SoftValueOptions {
  readonly gamma: number;
  readonly temperature: number;
}

/**
 * y = r + γ·(1 − terminal)·(min(Q₁, Q₂) − α·log π), the soft Bellman backup with clipped double Q (Haarnoja et al. 2018,
 * arXiv:1812.05905, eq. 2–3 and §6; Fujimoto, van Hoof & Meger 2018, ICML).
 *
 * @param targets y, [rows]; written anew
 */
export function softTargets(batch: TargetBatch, { gamma, temperature }: SoftValueOptions, targets: Float32Array): void {
  for (let row = 0; row < batch.rows; row++) {
    const value = Math.min(batch.valuesA[row]!, batch.valuesB[row]!) - temperature * batch.logProbabilities[row]!;
    targets[row] = batch.rewards[row]! + gamma * (1 - batch.terminal[row]!) * value;
  }
}

/**
 * L = ½·mean[(Q − y)²].
 *
 * @param slopes dL / dQ, [rows]; written anew
 * @returns L
 */
export function criticLoss(values: Float32Array, targets: Float32Array, rows: number, slopes: Float32Array): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const error = values[row]! - targets[row]!;
    sum += error ** 2;
    slopes[row] = error / rows;
  }
  return (0.5 * sum) / rows;
}

/**
 * The temperature goes up while the entropy is below its target: L = −log α·mean[log π + H̄], dL / d log α = −mean[log π + H̄].
 *
 * @returns dL / d log α
 */
export function temperatureSlope(logProbabilities: Float32Array, rows: number, targetEntropy: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += logProbabilities[row]! + targetEntropy;
  return -sum / rows;
}
