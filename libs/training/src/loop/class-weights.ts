import type { Preprocessing } from '@i-drill/core';
import { TrainingError } from '../errors.js';
import type { WindowSource } from './window-source.js';

/**
 * Weights that give every class the same say, however rare: w_c = n / (k · n_c) for n windows, n_c of class c, k classes that
 * occur (King & Zeng 2001). A class that does not occur weighs 0. The mean weight of a window is 1.
 *
 * @param targets index of the class of each window
 *
 * @example
 * ```ts
 * import { balancedClassWeights } from '@i-drill/training';
 * balancedClassWeights([0, 0, 0, 1], 3); // => [0.6666666666666666, 2, 0]
 * ```
 */
export function balancedClassWeights(
  targets: readonly number[] | Float32Array | Float64Array,
  classes: number,
): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const target of targets) countClass(counts, target);
  const occurring = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? targets.length / (occurring * count) : 0));
}

/**
 * Refuses classes that cannot be told apart because the training windows are all of one.
 *
 * @throws TrainingError `TRAINING_ONE_CLASS`
 * @throws RangeError for a target that is no class
 */
export async function requireSeveralClasses(windows: WindowSource, { classes }: Preprocessing): Promise<void> {
  if (classes === undefined) return;
  const counts = new Array<number>(classes.length).fill(0);
  for await (const { targets } of windows.batches({ batchSize: 1024 })) {
    for (const target of targets) countClass(counts, target);
  }
  if (counts.filter((count) => count > 0).length > 1) return;
  const only = classes[counts.findIndex((count) => count > 0)];
  throw new TrainingError(
    `Cannot train: all ${windows.count} training windows are of class "${only}"; give windows of at least two classes`,
    { code: 'TRAINING_ONE_CLASS', details: { class: only, windows: windows.count, classes } },
  );
}

function countClass(counts: number[], target: number): void {
  if (counts[target] === undefined) {
    throw new RangeError(
      `Cannot count classes: a target is ${target}; it is the index of a class, from 0 to ${counts.length - 1}`,
    );
  }
  counts[target]++;
}
