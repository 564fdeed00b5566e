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
  return {
    outputs: width,
    width,
    sample(outputs, row, { seed, stream, step }, actions) {
      normalsAt(noise, seed, stream, step);
      for (let k = 0; k < width; k++) {
        actions[row * width + k] = outputs[row * width + k]! + Math.exp(logSpreads[k]!) * noise[k]!;
      }
    },
    logProbability(outputs, row, actions) {
      let sum = 0;
      for (let k = 0; k < width; k++) {
        const distance = (actions[row * width + k]! - outputs[row * width + k]!) / Math.exp(logSpreads[k]!);
        sum -= 0.5 * distance ** 2 + logSpreads[k]! + halfLogTwoPi;
      }
      return sum;
    },
    entropy: () => logSpreads.reduce((sum, logSpread) => sum + logSpread + halfLogTwoPi + 0.5, 0),
    slopes({ outputs, actions, row }, { logProbability, entropy }, into) {
      for (let k = 0; k < width; k++) {
        const spread = Math.exp(logSpreads[k]!);
        const distance = (actions[row * width + k]! - outputs[row * width + k]!) / spread;
        into[row * width + k] = (logProbability * distance) / spread;
        logSpreadSlopes[k]! += logProbability * (distance ** 2 - 1) + entropy;
      }
    },
  };
}
