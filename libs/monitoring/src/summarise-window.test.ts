import { buildReferenceProfile, defaultDriftSettings, type ReferenceProfile } from '@i-drill/drift';
import { createRng, normal } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PredictionRecord } from './prediction-record.js';
import type { MonitoringReport, WindowQuestion } from './report.js';
import { summariseWindow } from './summarise-window.js';

const features = [
  { name: 'torque', unit: 'kN m' },
  { name: 'weight', unit: 't' },
];

function prediction(at: number, part: Partial<PredictionRecord> = {}): PredictionRecord {
  const who = { requestId: `q${at}`, model: 'bit-life', version: '1', arm: 'stable', environment: 'staging' };
  return { at, ...who, latencyMs: 10, ok: true, ...part };
}

const failed = { ok: false, error: 'TARGET_DOWN' } as const;

function predictions(count: number, part: (i: number) => Partial<PredictionRecord> = () => ({})): PredictionRecord[] {
  return Array.from({ length: count }, (_, i) => prediction(i, part(i)));
}

function summarise(records: readonly PredictionRecord[], part: Partial<WindowQuestion> = {}): MonitoringReport {
  return summariseWindow({
    records,
    fromMs: 0,
    toMs: 1000,
    limits: { errorRate: 0.05, latencyP95Ms: 100, successRate: 0.95 },
    drift: defaultDriftSettings,
    minPredictions: 20,
    ...part,
  });
}

/** Reference: two independent standard normal features. */
function reference(): ReferenceProfile {
  const rng = createRng(1);
  return buildReferenceProfile(features, [
    { rows: 500, features: Float64Array.from({ length: 1000 }, () => normal(rng)) },
  ]);
}

/** Windows of two rows whose last row is normal around `level`; the first row would be drift, were it used. */
function live(
  count: number,
  level: number,
  part: (i: number) => Partial<PredictionRecord> = () => ({}),
): PredictionRecord[] {
  const rng = createRng(2);
  return predictions(count, (i) => ({
    inputs: [
      [99, 99],
      [level + normal(rng), level + normal(rng)],
    ],
    ...part(i),
  }));
}

describe('summariseWindow()', () => {
  it('describes the predictions of the window', () => {
    const records = predictions(40, (i) => ({ latencyMs: i + 1, ...(i === 7 ? failed : {}) }));
    expect(summarise(records)).toEqual({
      status: 'healthy',
      reasons: ['every limit is kept'],
      predictions: 40,
      errors: 1,
      errorRate: 0.025,
      latencyMs: { mean: 20.5, p50: 20, p95: 38, p99: 40 },
      lastPredictionAt: 39,
      fromMs: 0,
      toMs: 1000,
    });
  });

  it('takes the first millisecond of the window, and not the first after it', () => {
    const records = [-1, 0, 999, 1000].map((at) => prediction(at));
    expect(summarise(records)).toMatchObject({ predictions: 2, lastPredictionAt: 999 });
  });

  it.each([
    [0, 'unknown', 'no predictions in the window'],
    [19, 'unknown', '19 predictions, 20 are needed to judge'],
    [20, 'healthy', 'every limit is kept'],
  ])('with %i predictions is %s', (count, status, reason) => {
    expect(summarise(predictions(count))).toMatchObject({ status, reasons: [reason] });
  });

  it('is unknown, not unhealthy, for a few failures', () => {
    expect(summarise(predictions(3, () => failed))).toMatchObject({ status: 'unknown', errors: 3, errorRate: 1 });
  });

  it('has no rate and no latency without predictions', () => {
    expect(summarise([])).toMatchObject({ errorRate: null, latencyMs: null, lastPredictionAt: null });
  });

  it('is unhealthy by its errors, and names both limits they break', () => {
    const { status, reasons } = summarise(predictions(40, (i) => (i < 3 ? failed : {})));
    expect(status).toBe('unhealthy');
    expect(reasons).toEqual(['error rate 0.075 is above 0.05', 'success rate 0.925 is below 0.95']);
  });

  it('holds at a limit, and breaks just above it', () => {
    const latencyMs = (p95: number) => (i: number) => ({ latencyMs: i >= 37 ? p95 : 1 });
    expect(summarise(predictions(40, latencyMs(100))).status).toBe('healthy');
    const slow = summarise(predictions(40, latencyMs(101)));
    expect(slow).toMatchObject({
      status: 'unhealthy',
      reasons: ['95th percentile of latency 101 ms is above 100 ms'],
    });
  });

  it('is never healthy with fewer predictions than needed', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (count, minPredictions) => {
        const { status } = summarise(predictions(count), { minPredictions });
        expect(status === 'healthy').toBe(count > 0 && count >= minPredictions);
      }),
    );
  });
});

describe('summariseWindow() with a training reference', () => {
  it('is healthy while the last rows of the windows look like the training rows', () => {
    const report = summarise(live(100, 0), { reference: reference() });
    expect(report).toMatchObject({ status: 'healthy', drift: { status: 'passed', driftedShare: 0 } });
  });

  it('is unhealthy when they have drifted, with the figures', () => {
    const report = summarise(live(100, 2), { reference: reference() });
    expect(report).toMatchObject({ status: 'unhealthy', drift: { status: 'failed', driftedShare: 1 } });
    expect(report.reasons).toEqual([`drift: ${report.drift?.reason ?? ''}`]);
  });

  it('finds drift also in fewer predictions than the rates need', () => {
    const report = summarise(live(100, 2), { reference: reference(), minPredictions: 500 });
    expect(report.status).toBe('unhealthy');
    expect(report.reasons).toHaveLength(2);
  });

  it('is unknown when there are too few rows to judge drift', () => {
    const report = summarise(
      live(21, 0, (i) => (i < 4 ? {} : { ok: true, inputs: [] })),
      { reference: reference() },
    );
    expect(report).toMatchObject({ status: 'unknown', drift: { status: 'inconclusive' } });
    expect(report.reasons[0]).toMatch(/^drift could not be judged: /);
  });

  it.each([
    ['no inputs were logged', predictions(40)],
    ['no inputs were logged', predictions(40, (i) => (i < 39 ? {} : { ...failed, inputs: [[1, 2]] }))],
    ['a logged row has 3 values, the reference has 2 features', predictions(40, () => ({ inputs: [[1, 2, 3]] }))],
    [
      'a logged row has 1 values, the reference has 2 features',
      predictions(40, (i) => ({ inputs: [i % 2 ? [1] : [1, 2, 3]] })).slice(1),
    ],
  ])('is unknown when %s', (reason, records) => {
    const report = summarise(records, { reference: reference() });
    expect(report).toMatchObject({ status: 'unknown', reasons: [`drift could not be judged: ${reason}`] });
    expect(report).not.toHaveProperty('drift');
  });

  it('stays unhealthy when drift cannot be judged as well', () => {
    const report = summarise(
      predictions(40, () => failed),
      { reference: reference() },
    );
    expect(report.status).toBe('unhealthy');
    expect(report.reasons).toHaveLength(3);
  });
});
