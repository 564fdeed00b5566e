import type { FeatureSpec, SensorDataset } from '@i-drill/core';

/** One column over all segments, in data set order. */
export interface Column {
  readonly spec: FeatureSpec;
  readonly values: Float64Array;
}

/** Every feature as a column. */
export function featureColumns(dataset: SensorDataset): Column[] {
  return dataset.features.map((spec, index) => ({ spec, values: featureValues(dataset, index) }));
}

/** The column of the value to predict. */
export function targetColumn(dataset: SensorDataset): Column {
  const values = new Float64Array(rowCount(dataset));
  let offset = 0;
  for (const segment of dataset.segments) {
    values.set(segment.target.subarray(0, segment.rows), offset);
    offset += segment.rows;
  }
  return { spec: dataset.target, values };
}

/** The feature or target of that name. */
export function findColumn(dataset: SensorDataset, name: string): Column | undefined {
  if (dataset.target.name === name) return targetColumn(dataset);
  const index = dataset.features.findIndex((feature) => feature.name === name);
  return index < 0 ? undefined : { spec: dataset.features[index]!, values: featureValues(dataset, index) };
}

/** Rows of all segments together. */
export function rowCount(dataset: SensorDataset): number {
  return dataset.segments.reduce((rows, segment) => rows + segment.rows, 0);
}

/** Where row `position` of a column lies: its unit, and its number among the rows of the unit, from 1. */
export function rowPlace(dataset: SensorDataset, position: number): string {
  const rowsSeen = new Map<string, number>();
  let offset = 0;
  for (const { unit, rows } of dataset.segments) {
    const before = rowsSeen.get(unit) ?? 0;
    if (position < offset + rows) return `unit "${unit}" row ${before + position - offset + 1}`;
    rowsSeen.set(unit, before + rows);
    offset += rows;
  }
  return `row ${position + 1}`;
}

function featureValues(dataset: SensorDataset, index: number): Float64Array {
  const width = dataset.features.length;
  const values = new Float64Array(rowCount(dataset));
  let next = 0;
  for (const { features, rows } of dataset.segments) {
    for (let row = 0; row < rows; row++) values[next++] = features[row * width + index]!;
  }
  return values;
}
