import { tensorNames } from '../description/sequence-signature.js';

/** What a model answers for some windows. */
export interface Predictions {
  /**
   * One value per window, target units, shape [count]. Of classes: the index of the most probable one, the first of several
   * equals. NaN for a window that holds NaN or an infinity.
   */
  readonly prediction: Float32Array;
  /** Between these lies the true value in the share `coverage` of the interval, shape [count] each; models with an interval. */
  readonly lower?: Float32Array;
  readonly upper?: Float32Array;
  /** Of each class, row-major, shape [count, classes]; models of classes. */
  readonly probabilities?: Float32Array;
}

/** Output tensors by name as predictions. */
export function toPredictions(tensors: ReadonlyMap<string, Float32Array>, count: number): Predictions {
  const probabilities = tensors.get(tensorNames.probabilities);
  if (probabilities) return { prediction: mostProbable(probabilities, count), probabilities };
  const lower = tensors.get(tensorNames.lower);
  const upper = tensors.get(tensorNames.upper);
  const prediction = [...tensors.values()][0]!;
  return lower && upper ? { prediction, lower, upper } : { prediction };
}

/** Index of the largest of each row, NaN where a row has NaN. */
function mostProbable(probabilities: Float32Array, count: number): Float32Array {
  const classes = count === 0 ? 0 : probabilities.length / count;
  return Float32Array.from({ length: count }, (_, n) => {
    const row = probabilities.subarray(n * classes, (n + 1) * classes);
    return row.some((share) => Number.isNaN(share)) ? Number.NaN : row.indexOf(Math.max(...row));
  });
}
