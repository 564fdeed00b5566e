import { normalsAt } from '@i-drill/numerics';
import type { ActionDistribution } from './action-distribution.js';

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * Independent normal deviates around the actor's answers μ, with spreads σ that do not depend on what is seen:
 *
 *   log π(a) = Σ −½·((a − μ) / σ)² − log σ − ½·log 2π,   H = Σ log σ + ½·log 2πe
 *   d log π / dμ = (a − μ) / σ²,   d log π / d log σ = ((a − μ) / σ)² − 1,   dH / d log σ = 1
 *
 * @param logSpreads log σ, shape [A]; read at every call
 * @param logSpreadSlopes the derivative for log σ is added here, shape [A]
 */
export function diagonalGaussian(logSpreads: Float32Array, logSpreadSlopes: Float32Array): ActionDistribution {
  const width = logSpreads.length;
  const noise = new Float64Array(width);
  /** (a − μ) / σ of the row last evaluated. */
  const distances = new Float64Array(width);
  const chance = { logProbability: 0, entropy: 0 };
  let evaluatedRow = 0;
  return {
    outputs: width,
    width,
    sample(outputs, row, { seed, stream, step }, actions) {
      normalsAt(noise, seed, stream, step);
      for (let k = 0; k < width; k++) {
        actions[row * width + k] = outputs[row * width + k]! + Math.exp(logSpreads[k]!) * noise[k]!;
      }
    },
    evaluate(outputs, row, actions) {
      evaluatedRow = row;
      [chance.logProbability, chance.entropy] = [0, 0];
      for (let k = 0; k < width; k++) {
        const logSpread = logSpreads[k]!;
        distances[k] = (actions[row * width + k]! - outputs[row * width + k]!) / Math.exp(logSpread);
        chance.logProbability -= 0.5 * distances[k]! ** 2 + logSpread + halfLogTwoPi;
        chance.entropy += logSpread + halfLogTwoPi + 0.5;
      }
      return chance;
    },
    addSlopes({ logProbability, entropy }, slopes) {
      for (let k = 0; k < width; k++) {
        slopes[evaluatedRow * width + k] = (logProbability * distances[k]!) / Math.exp(logSpreads[k]!);
        logSpreadSlopes[k]! += logProbability * (distances[k]! ** 2 - 1) + entropy;
      }
    },
  };
}
