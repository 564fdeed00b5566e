import type { CheckResult } from '@i-drill/core';
import type { Windows } from '@i-drill/training';
import { checkConsistency, type ConsistencyComparison } from '@i-drill/validation';
import type { Predictions, RunnableModel } from './ports.js';

/** What a model answers to the windows of an exam. */
interface ModelRun {
  readonly prediction: Float32Array; // [N]
  /** Lower and upper end of each interval in turn; empty without an interval. */
  readonly ends: Float32Array; // [2N]
  /** Of each class; empty where a number is predicted. */
  readonly probabilities: Float32Array; // [N * C]
}

const smallBatch = 7;

/** The same windows in one batch, again, and in small batches. */
export async function predictThreeWays(model: RunnableModel, windows: Windows): Promise<[ModelRun, ...ModelRun[]]> {
  const whole = await predictInBatches(model, windows, windows.count);
  const again = await predictInBatches(model, windows, windows.count);
  return [whole, again, await predictInBatches(model, windows, smallBatch)];
}

async function predictInBatches(model: RunnableModel, windows: Windows, most: number): Promise<ModelRun> {
  const size = windows.length * windows.featureCount;
  const batches: Predictions[] = [];
  for (let start = 0; start < windows.count; start += most) {
    const count = Math.min(most, windows.count - start);
    batches.push(await model.predictAll(windows.inputs.slice(start * size, (start + count) * size), count));
  }
  return {
    prediction: Float32Array.from(batches.flatMap(({ prediction }) => Array.from(prediction))),
    ends: Float32Array.from(batches.flatMap(endsOf)),
    probabilities: Float32Array.from(batches.flatMap(({ probabilities }) => Array.from(probabilities ?? []))),
  };
}

function endsOf({ lower, upper }: Predictions): number[] {
  return lower && upper ? Array.from(lower).flatMap((end, i) => [end, upper[i]!]) : [];
}

/** Whether the runs agree: in the prediction, or the probabilities of classes, and in the ends of its interval where there is one. */
export function consistencyChecks(
  runs: readonly [ModelRun, ...ModelRun[]],
  settings: Omit<ConsistencyComparison, 'name' | 'runs'>,
): CheckResult[] {
  const ends = runs.map((run) => comparableEnds(run, runs[0]));
  return [
    checkConsistency({ ...settings, name: 'consistency', runs: runs.map(comparableAnswers) }),
    ...(ends.every(({ length }) => length === 0)
      ? []
      : [checkConsistency({ ...settings, name: 'consistency.interval', runs: ends })]),
  ];
}

/** Of two classes that are as probable, rounding may choose either: they are compared by what they are chosen by. */
function comparableAnswers({ prediction, probabilities }: ModelRun): Float32Array {
  return probabilities.length > 0 ? probabilities : prediction;
}

/**
 * Margins change by steps at the edges of bins, so a rounding of the prediction can move an end a long way: an end counts
 * where the prediction is that of the first run to the bit.
 */
function comparableEnds(run: ModelRun, first: ModelRun): Float32Array {
  const isSame = (window: number): boolean => run.prediction[window] === first.prediction[window];
  return run.ends.map((end, i) => (isSame(i >> 1) ? end : (first.ends[i] ?? end)));
}
