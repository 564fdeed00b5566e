import type { RowSeries } from '@i-drill/drift';
import type { PredictionRecord } from './prediction-record.js';

/** The last row of one logged window, and where it comes from. */
export interface InputRow {
  readonly origin: string;
  readonly values: readonly number[];
}

/**
 * The last row of each logged window, in the order of time. Failed predictions are left out: their inputs may be no window
 * at all. Windows without a rig come from the model as a whole.
 */
export function inputRows(records: readonly PredictionRecord[]): InputRow[] {
  return records
    .filter((record) => record.ok)
    .toSorted((a, b) => a.at - b.at)
    .flatMap(lastRow);
}

function lastRow({ rig, model, inputs }: PredictionRecord): InputRow[] {
  const values = inputs?.at(-1);
  if (values === undefined) return [];
  return [{ origin: rig === undefined ? `model ${model}` : `rig ${rig}`, values }];
}

/** One series per origin, with the rows in the order given. */
export function inputSeries(rows: readonly InputRow[]): RowSeries[] {
  const byOrigin = new Map<string, (readonly number[])[]>();
  for (const { origin, values } of rows) {
    const series = byOrigin.get(origin);
    if (series === undefined) byOrigin.set(origin, [values]);
    else series.push(values);
  }
  return [...byOrigin.values()].map((series) => ({ rows: series.length, features: Float64Array.from(series.flat()) }));
}
