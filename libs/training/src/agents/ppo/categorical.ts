import { uniformsAt } from '@i-drill/numerics';
import type { ActionDistribution } from './action-distribution.js';

/**
 * One of several choices, with logits z:
 *
 *   log π(a) = z_a − log Σ e^z,   H = −Σ π·log π
 *   d log π(a) / dz_k = [a = k] − π_k,   dH / dz_k = −π_k·(log π_k + H)
 *
 * @param choices how many there are
 */
export function categorical(choices: number): ActionDistribution {
  const draw = new Float64Array(1);
  const chances = new Float64Array(choices);

  /** Writes π of a row and returns log Σ e^z. */
  function normalise(outputs: Float32Array, row: number): number {
    let most = -Infinity;
    for (let k = 0; k < choices; k++) most = Math.max(most, outputs[row * choices + k]!);
    let sum = 0;
    for (let k = 0; k < choices; k++) sum += Math.exp(outputs[row * choices + k]! - most);
    const logSum = most + Math.log(sum);
    for (let k = 0; k < choices; k++) chances[k] = Math.exp(outputs[row * choices + k]! - logSum);
    return logSum;
  }

  function entropyOf(outputs: Float32Array, row: number, logSum: number): number {
    let entropy = 0;
    for (let k = 0; k < choices; k++) entropy -= chances[k]! * (outputs[row * choices + k]! - logSum);
    return entropy;
  }

  return {
    outputs: choices,
    width: 1,
    sample(outputs, row, { seed, stream, step }, actions) {
      normalise(outputs, row);
      uniformsAt(draw, seed, stream, step);
      let [choice, below] = [0, chances[0]!];
      while (choice < choices - 1 && draw[0]! >= below) below += chances[++choice]!;
      actions[row] = choice;
    },
    logProbability: (outputs, row, actions) => outputs[row * choices + actions[row]!]! - normalise(outputs, row),
    entropy: (outputs, row) => entropyOf(outputs, row, normalise(outputs, row)),
    slopes({ outputs, actions, row }, { logProbability, entropy }, into) {
      const logSum = normalise(outputs, row);
      const uncertainty = entropyOf(outputs, row, logSum);
      for (let k = 0; k < choices; k++) {
        const [chance, taken] = [chances[k]!, actions[row] === k ? 1 : 0];
        const logChance = outputs[row * choices + k]! - logSum;
        into[row * choices + k] = logProbability * (taken - chance) - entropy * chance * (logChance + uncertainty);
      }
    },
  };
}
