import { compareToReference, type DriftReport } from '@i-drill/drift';
import { inputRows, inputSeries } from './input-series.js';
import type { PredictionRecord } from './prediction-record.js';
import type { WindowQuestion } from './report.js';

/** What was found out about drift: a report, why there is none, or that it was not asked for. */
export type DriftFinding =
  | { readonly type: 'not-asked' }
  | { readonly type: 'judged'; readonly report: DriftReport }
  | { readonly type: 'not-judged'; readonly reason: string };

/** Compares the inputs of these predictions with the training reference. */
export function judgeDrift(records: readonly PredictionRecord[], question: WindowQuestion): DriftFinding {
  const { reference, drift } = question;
  if (reference === undefined) return { type: 'not-asked' };
  const rows = inputRows(records);
  if (rows.length === 0) return { type: 'not-judged', reason: 'no inputs were logged' };
  const features = reference.features.length;
  const misfit = rows.find(({ values }) => values.length !== features);
  if (misfit !== undefined) {
    const reason = `a logged row has ${misfit.values.length} values, the reference has ${features} features`;
    return { type: 'not-judged', reason };
  }
  return { type: 'judged', report: compareToReference(reference, inputSeries(rows), drift) };
}
