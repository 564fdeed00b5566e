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
  const logChances = new Float64Array(choices);
  const chance = { logProbability: 0, entropy: 0 };
  const evaluated = { row: 0, action: 0 };

  function normalise(outputs: Float32Array, row: number): void {
    const at = row * choices;
    let most = -Infinity;
    for (let k = 0; k < choices; k++) most = Math.max(most, outputs[at + k]!);
    let sum = 0;
    for (let k = 0; k < choices; k++) {
      chances[k] = Math.exp(outputs[at + k]! - most);
      sum += chances[k]!;
    }
    const logSum = most + Math.log(sum);
    for (let k = 0; k < choices; k++) {
      chances[k]! /= sum;
      logChances[k] = outputs[at + k]! - logSum;
    }
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
    evaluate(outputs, row, actions) {
      normalise(outputs, row);
      [evaluated.row, evaluated.action] = [row, actions[row]!];
      chance.logProbability = logChances[evaluated.action]!;
      chance.entropy = 0;
      for (let k = 0; k < choices; k++) chance.entropy -= chances[k]! * logChances[k]!;
      return chance;
    },
    addSlopes(factors, slopes) {
      for (let k = 0; k < choices; k++) {
        const towards = (evaluated.action === k ? 1 : 0) - chances[k]!;
        const flatter = -chances[k]! * (logChances[k]! + chance.entropy);
        slopes[evaluated.row * choices + k] = factors.logProbability * towards + factors.entropy * flatter;
      }
    },
  };
}
