import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { mean } from '@i-drill/numerics';

/** A prediction that needs no model. A model that does not beat it has learned nothing worth serving. */
export interface Baseline {
  readonly name: 'mean-life' | 'hold-last' | 'mean-target' | 'most-frequent';
  /** Prediction at row `row` of a segment, in target units, or the index of a class. */
  readonly predict: (segment: SensorSegment, row: number) => number;
}

/**
 * The trivial baseline of a task.
 *
 * - classes: `most-frequent`, the class that most labelled rows of the training units have, the first of several;
 * - where the value last seen is known (the anchor feature): `hold-last`, that value;
 * - remaining useful life: `mean-life`, max(0, mean life of the training units − age), cut at the label cap;
 * - anything else: `mean-target`, the mean over all labelled rows of the training units.
 *
 * @example
 * ```ts
 * import { trivialBaseline } from '@i-drill/workflows';
 * const bit = { unit: 'bit 1', rows: 3, features: Float64Array.of(5, 6, 7), target: Float64Array.of(20, 10, 0) };
 * const bits = {
 *   name: 'demo', task: 'remaining-useful-life', features: [{ name: 'torque', unit: 'kN.m' }],
 *   target: { name: 'life', unit: 'h' }, segments: [bit], source: 'simulated', fingerprint: '', evaluateOn: 'every-row',
 * } as const;
 * const { name, predict } = trivialBaseline(bits);
 * name; // => 'mean-life'
 * [0, 1, 2, 3].map((row) => predict(bit, row)); // => [20, 10, 0, 0]
 * trivialBaseline(bits, 15).predict(bit, 0); // => 15
 * trivialBaseline({ ...bits, anchorFeature: 0 }).predict(bit, 1); // => 6
 * ```
 */
export function trivialBaseline(train: SensorDataset, targetCap?: number): Baseline {
  if (train.classes !== undefined) return mostFrequent(train, train.classes.length);
  if (train.anchorFeature !== undefined) return holdLast(train.features.length, train.anchorFeature);
  return train.task === 'remaining-useful-life' ? meanLife(train, targetCap) : meanTarget(train);
}

function mostFrequent(train: SensorDataset, classes: number): Baseline {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels(train)) counts[label]!++;
  const value = counts.indexOf(Math.max(...counts));
  return { name: 'most-frequent', predict: () => value };
}

function labels(train: SensorDataset): number[] {
  return train.segments.flatMap(({ target }) => Array.from(target).filter((value) => !Number.isNaN(value)));
}

function meanTarget(train: SensorDataset): Baseline {
  const value = mean(labels(train));
  return { name: 'mean-target', predict: () => value };
}

function meanLife(train: SensorDataset, targetCap = Number.POSITIVE_INFINITY): Baseline {
  const life = mean(train.segments.map((segment) => segment.target[0] ?? 0));
  const step = stepOf(train);
  return { name: 'mean-life', predict: (_segment, row) => Math.min(targetCap, Math.max(0, life - row * step)) };
}

/** Target units that pass from one row to the next: the mean countdown per row of the training units. */
function stepOf(train: SensorDataset): number {
  const long = train.segments.filter((segment) => segment.rows > 1);
  return mean(long.map((s) => ((s.target[0] ?? 0) - (s.target[s.rows - 1] ?? 0)) / (s.rows - 1)));
}

function holdLast(featureCount: number, anchorFeature: number): Baseline {
  return {
    name: 'hold-last',
    predict: (segment, row) => segment.features[row * featureCount + anchorFeature] ?? Number.NaN,
  };
}
