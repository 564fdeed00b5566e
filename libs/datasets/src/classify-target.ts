import type { SensorDataset, SensorSegment } from '@i-drill/core';
import { composeDataset } from './compose-dataset.js';
import type { TableSchema } from './read-unit-table.js';

/** Where one class of target values ends and the next begins. */
export interface TargetClasses {
  /** In units of the target, rising. B bounds make B + 1 classes; a bound belongs to the class below it. */
  readonly bounds: readonly number[];
  /** One per class. @default `up to 15`, `15 to 30`, `above 30` */
  readonly names?: readonly string[];
}

/**
 * The same rows with the class of their target in its place: whether a unit fails within 30 cycles, rather than in how many.
 * Labels by horizon of failure are usual in predictive maintenance (Susto et al. 2015, IEEE Transactions on Industrial
 * Informatics 11(3), with one classifier per horizon; here one for all).
 *
 *   class k  where  bounds[k − 1] < target ≤ bounds[k]
 *
 * A row without a target keeps none. Nothing is added to the output any more, so an anchor feature is dropped.
 *
 * @throws RangeError for bounds that are not finite and rising, names that are not one per class and different, and data
 *   that are of classes already
 *
 * @example
 * ```ts
 * import { classifyTarget, makeBitRuns } from '@i-drill/datasets';
 * const runs = classifyTarget(makeBitRuns({ count: 3, seed: 7 }), { bounds: [8, 24] });
 * runs.classes; // => ['up to 8', '8 to 24', 'above 24']
 * runs.segments[0].target.at(-1); // => 0
 * ```
 */
export function classifyTarget(dataset: SensorDataset, classes: TargetClasses): SensorDataset {
  const segments = dataset.segments.map((segment) => classifySegment(segment, classes));
  return composeDataset({ ...classSchema(dataset, classes), source: dataset.source, segments });
}

/** What a table is read as once its target is cut into classes. */
export function classSchema(schema: TableSchema, classes: TargetClasses): TableSchema {
  if (schema.classes !== undefined) {
    throw new RangeError(`Cannot classify "${schema.name}": its target is a class already`);
  }
  const target = { name: `${schema.target.name}_class`, unit: '-' };
  const { name, features, evaluateOn, conditionFeatures } = schema;
  const conditions = conditionFeatures === undefined ? {} : { conditionFeatures };
  return { name, task: 'window-class', features, target, evaluateOn, ...conditions, classes: classNames(classes) };
}

/** The segment with the index of its class in the place of each target. */
export function classifySegment(segment: SensorSegment, { bounds }: TargetClasses): SensorSegment {
  const classOf = (value: number): number => bounds.filter((bound) => value > bound).length;
  return { ...segment, target: segment.target.map((value) => (Number.isNaN(value) ? Number.NaN : classOf(value))) };
}

function classNames({ bounds, names = defaultNames(bounds) }: TargetClasses): readonly string[] {
  const isRising = bounds.every((bound, i) => Number.isFinite(bound) && (i === 0 || bound > bounds[i - 1]!));
  if (bounds.length === 0 || !isRising) {
    throw new RangeError(`Cannot classify: the bounds are [${bounds.join(', ')}]; give finite numbers that rise`);
  }
  if (names.length !== bounds.length + 1 || new Set(names).size !== names.length || names.includes('')) {
    const found = names.map((name) => `"${name}"`).join(', ');
    throw new RangeError(
      `Cannot classify: the names are ${found}; give ${bounds.length + 1} that differ, one per class`,
    );
  }
  return names;
}

function defaultNames(bounds: readonly number[]): string[] {
  const between = bounds.slice(1).map((bound, i) => `${bounds[i]} to ${bound}`);
  return [`up to ${bounds[0]}`, ...between, `above ${bounds.at(-1)}`];
}
