import { describe, expect, it } from 'vitest';
import { inputRows, inputSeries } from './input-series.js';
import type { PredictionRecord } from './prediction-record.js';

/** A prediction whose window was not logged. */
function bare(at: number): PredictionRecord {
  const who = { requestId: `q${at}`, model: 'm', version: '1', arm: 'stable', environment: 'staging' };
  return { at, ...who, latencyMs: 1, ok: true };
}

function record(at: number, last: number, part: Partial<PredictionRecord> = {}): PredictionRecord {
  return { ...bare(at), inputs: [[0], [last]], ...part };
}

const valuesOf = (records: readonly PredictionRecord[]): number[][] =>
  inputSeries(inputRows(records)).map((series) => [...series.features]);

describe('inputSeries()', () => {
  it('makes one series per rig, of last rows in the order of time', () => {
    const records = [record(3, 30, { rig: 'a' }), record(1, 10, { rig: 'a' }), record(2, 20, { rig: 'b' })];
    expect(valuesOf(records)).toEqual([[10, 30], [20]]);
  });

  it('puts windows without a rig into one series per model', () => {
    const records = [record(1, 10), record(2, 20, { model: 'n' }), record(3, 30), record(4, 40, { rig: 'm' })];
    expect(valuesOf(records)).toEqual([[10, 30], [20], [40]]);
  });

  it('leaves failed predictions and windows without rows out', () => {
    expect(valuesOf([record(1, 10, { ok: false }), record(2, 20, { inputs: [] }), bare(3), record(4, 40)])).toEqual([
      [40],
    ]);
  });

  it('keeps rows in row-major order', () => {
    const wide = [1, 2].map((at) => record(at, 0, { inputs: [[at, at * 10, at * 100]] }));
    const [series] = inputSeries(inputRows(wide));
    expect(series).toEqual({ rows: 2, features: Float64Array.from([1, 10, 100, 2, 20, 200]) });
  });
});
