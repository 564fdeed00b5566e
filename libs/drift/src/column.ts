import type { RowSeries } from './row-series.js';

/** One feature of several series: what was measured, in time order, without the gaps. */
export interface Column {
  /** Finite values, one list per series; a series that measured nothing has an empty list. */
  readonly series: readonly Float64Array[];
  /** Rows in which the sensor gave nothing (NaN or infinite). */
  readonly missing: number;
}

/**
 * Takes one column out of row-major series, in single precision: that is what models are fed with, and a value that is
 * 21.61 in a file and 21.610000610… in a request must not look like a change.
 */
export function readColumn(series: readonly RowSeries[], index: number, featureCount: number): Column {
  let missing = 0;
  const measured = series.map(({ rows, features }) => {
    const values = new Float64Array(rows);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const value = features[row * featureCount + index]!;
      if (Number.isFinite(value)) values[count++] = Math.fround(value);
    }
    missing += rows - count;
    return values.subarray(0, count);
  });
  return { series: measured, missing };
}

/** All values of a column in ascending order. */
export function sortedValues({ series }: Column): Float64Array {
  const all = new Float64Array(series.reduce((total, values) => total + values.length, 0));
  let offset = 0;
  for (const values of series) {
    all.set(values, offset);
    offset += values.length;
  }
  return all.sort();
}
