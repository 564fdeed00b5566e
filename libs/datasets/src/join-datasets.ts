import type { FeatureSpec, SensorDataset } from '@i-drill/core';
import { composeDataset } from './compose-dataset.js';
import { DatasetError } from './errors.js';

/**
 * Two data sets of one schema as one, the first one's segments first. A unit that is in both stays one unit, so a split
 * keeps its old and new rows together. How models are judged is for the first one to say.
 *
 * @throws DatasetError `DATASET_COLUMNS` when task, features, target, anchor, condition features or classes differ.
 *
 * @example
 * ```ts
 * import { joinDatasets, makeBitRuns } from '@i-drill/datasets';
 * const old = makeBitRuns({ count: 2, seed: 7 });
 * const fresh = makeBitRuns({ count: 1, seed: 8, shift: 'abrasive-formation' });
 * joinDatasets(old, fresh).segments.length; // => 3
 * ```
 */
export function joinDatasets(a: SensorDataset, b: SensorDataset): SensorDataset {
  const difference = schemaDifference(a, b);
  if (difference !== undefined) {
    const message = `Cannot join "${a.name}" and "${b.name}": ${difference}; join data of one schema only`;
    throw new DatasetError(message, { code: 'DATASET_COLUMNS', details: { a: a.name, b: b.name } });
  }
  return composeDataset({
    ...a,
    name: a.name === b.name ? a.name : `${a.name}+${b.name}`,
    source: a.source === b.source ? a.source : `${a.source}, ${b.source}`,
    segments: [...a.segments, ...b.segments],
  });
}

function schemaDifference(a: SensorDataset, b: SensorDataset): string | undefined {
  if (a.task !== b.task) return `their tasks are ${a.task} and ${b.task}`;
  if (columnText([a.target]) !== columnText([b.target])) {
    return `their targets are ${columnText([a.target])} and ${columnText([b.target])}`;
  }
  if (columnText(a.features) !== columnText(b.features)) {
    return `their features are ${columnText(a.features)} and ${columnText(b.features)}`;
  }
  if (a.anchorFeature !== b.anchorFeature) return 'their anchors differ';
  if (!isSameList(a.conditionFeatures, b.conditionFeatures)) return 'their condition features differ';
  return isSameList(a.classes, b.classes) ? undefined : 'their classes differ';
}

function isSameList(a: readonly unknown[] = [], b: readonly unknown[] = []): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function columnText(columns: readonly FeatureSpec[]): string {
  return columns.map(({ name, unit }) => `"${name}" [${unit}]`).join(', ');
}
