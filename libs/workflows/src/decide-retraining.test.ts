import type { SensorDataset } from '@i-drill/core';
import type { MonitoringReport } from '@i-drill/monitoring';
import { promoteVersion, recordVerdict, type ModelVersion } from '@i-drill/registry';
import type { RetrainingSettings } from '@i-drill/retraining';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkRetraining, type RetrainingCheck, type RetrainRequest } from './decide-retraining.js';
import type { DatasetRecipe } from './model-artifact.js';
import type { Predictor } from './testing/fake-model-format.js';
import { openScene, perfect, registeredVersion, type Scene } from './testing/scene.js';
import { bitRuns } from './testing/small-data.js';

const day = 86_400_000;
const off: RetrainingSettings = {
  timeBased: { enabled: false, intervalDays: 30 },
  performanceBased: { enabled: false, degradationThreshold: 0.1 },
  driftBased: { enabled: false, driftThreshold: 0.5 },
  dataAvailability: { enabled: false, minSamples: 20 },
  cooldownHours: 0,
};
const on: RetrainingSettings = {
  ...off,
  timeBased: { enabled: true, intervalDays: 30 },
  performanceBased: { enabled: true, degradationThreshold: 0.1 },
  driftBased: { enabled: true, driftThreshold: 0.5 },
  dataAvailability: { enabled: true, minSamples: 20 },
};

const threeHoursLate: Predictor = (inputs, count) => perfect(inputs, count).map((hours) => hours + 3);
const arrived: SensorDataset = bitRuns('arrived', [7, 9, 4, 6, 5]); // 31 rows of five units

let scene: Scene;

beforeEach(() => {
  scene = openScene();
});

async function production(
  predictor = perfect,
  evaluateOn?: NonNullable<DatasetRecipe['evaluateOn']>,
): Promise<ModelVersion> {
  const version = await registeredVersion(scene, predictor, evaluateOn === undefined ? {} : { evaluateOn });
  await recordVerdict(scene.store, version, { status: 'passed', reportPath: 'r', at: 0, verdictId: 'v' });
  await promoteVersion(scene.store, version, { to: 'Staging', who: 'ada', at: day, why: 'passed' });
  await promoteVersion(scene.store, version, { to: 'Production', who: 'ada', at: 2 * day, why: 'canary' });
  return scene.store.getModelVersion(version.name, version.version);
}

function check(request: Partial<RetrainRequest>): Promise<RetrainingCheck> {
  return checkRetraining(scene.ports, { settings: on, ...request });
}

function conditions({ decision }: RetrainingCheck): Record<string, string> {
  return Object.fromEntries(decision.conditions.map(({ condition, status }) => [condition, status]));
}

function drifted(driftedShare: number): MonitoringReport {
  const drift = { status: 'failed', driftedShare, features: [], reason: 'drifted' } as const;
  return {
    status: 'unhealthy',
    reasons: [],
    predictions: 100,
    errors: 0,
    errorRate: 0,
    latencyMs: null,
    drift,
    lastPredictionAt: 0,
    fromMs: 0,
    toMs: 1,
  };
}

describe('checkRetraining()', () => {
  it('knows of nothing to retrain when nothing is in Production', async () => {
    const result = await check({ arrived });
    expect(result.decision.decision).toBe('unknown');
    expect(result.newRows).toBe(31);
    expect(result).not.toHaveProperty('liveMetrics');
  });

  it('knows neither performance nor drift before labels and monitoring come in', async () => {
    const version = await production();
    scene.clock.advance(3 * day);
    const result = await check({ production: version });
    expect(conditions(result)).toEqual({ time: 'not-met', performance: 'unknown', drift: 'unknown', data: 'not-met' });
    expect(result).toMatchObject({ newRows: 0, decision: { decision: 'unknown' } });
  });

  it('measures the version in service on the labelled rows that came in', async () => {
    const result = await check({ production: await production(threeHoursLate), arrived });
    expect(result.newRows).toBe(31);
    expect(result.liveMetrics).toMatchObject({ mae: 3, rmse: 3, meanError: 3 });
    expect(conditions(result)['performance']).toBe('met'); // its validation said 1
    expect(result.decision.decision).toBe('retrain');
    expect(scene.format.openModels).toBe(0);
  });

  it.each([
    [4, 'unknown', 1],
    [5, 'met', 0],
  ])('judges performance on no fewer than five units: %i of them', async (units, status, warnings) => {
    const settings = { ...off, performanceBased: on.performanceBased };
    const long = bitRuns('arrived', new Array<number>(units).fill(40)); // many rows do not make up for few units
    const result = await check({ production: await production(threeHoursLate), arrived: long, settings });
    expect(conditions(result)['performance']).toBe(status);
    expect(result.liveMetrics).toMatchObject({ mae: 3 });
    const words = scene.logger.lines.map(({ level, message }) => `${level}: ${message}`);
    expect(words).toEqual(
      new Array(warnings).fill(
        'warn: Cannot judge live performance: 4 units with labels came in; at least 5 are needed',
      ),
    );
  });

  it('counts only units that have a label', async () => {
    const half = bitRuns('arrived', [7, 9, 4, 6, 5]);
    half.segments[0]!.target.fill(Number.NaN);
    const result = await check({ production: await production(threeHoursLate), arrived: half });
    expect(conditions(result)['performance']).toBe('unknown');
  });

  it('measures nothing where no label came in', async () => {
    const bare = bitRuns('arrived', [7, 9, 4, 6, 5]);
    for (const { target } of bare.segments) target.fill(Number.NaN);
    const result = await check({ production: await production(), arrived: bare });
    expect(conditions(result)['performance']).toBe('unknown');
    expect(result).not.toHaveProperty('liveMetrics');
  });

  it.each([
    [undefined, (3 * 26) / 31], // five of the 31 rows are last ones
    ['every-row', (3 * 26) / 31],
    ['last-row', 0],
  ] as const)('judges arrivals on the rows the version was judged on: %s', async (evaluateOn, mae) => {
    const lateUntilTheEnd: Predictor = (inputs, count) =>
      perfect(inputs, count).map((hours) => (hours === 0 ? 0 : hours + 3));
    const { liveMetrics } = await check({ production: await production(lateUntilTheEnd, evaluateOn), arrived });
    expect(liveMetrics?.['mae']).toBeCloseTo(mae, 6);
  });

  it('keeps a version that does as well as it did in validation', async () => {
    const settings = { ...off, performanceBased: on.performanceBased };
    const result = await check({ production: await production(), arrived, settings });
    expect(result.liveMetrics).toMatchObject({ mae: 0, r2: 1 });
    expect(result.decision.decision).toBe('keep');
  });

  it('counts the rows that came in against the least that is worth a training', async () => {
    const settings = { ...off, dataAvailability: on.dataAvailability };
    const version = await production();
    const few = bitRuns('arrived', [7, 9]);
    expect((await check({ production: version, arrived: few, settings })).decision.decision).toBe('keep');
    const more = bitRuns('arrived', [7, 13]);
    expect((await check({ production: version, arrived: more, settings })).decision.decision).toBe('retrain');
  });

  it('takes the drift of the latest check over', async () => {
    const settings = { ...off, driftBased: on.driftBased };
    const version = await production();
    const decisionAt = async (share: number): Promise<string> =>
      (await check({ production: version, monitoring: drifted(share), settings })).decision.decision;
    expect(await decisionAt(0.6)).toBe('retrain');
    expect(await decisionAt(0.2)).toBe('keep');
  });

  it('counts the age from the promotion to Production, not from the registration', async () => {
    const settings = { ...off, timeBased: on.timeBased };
    const version = await production(); // in Production since day 2
    const decisionOn = async (ms: number): Promise<string> => {
      scene.clock.advance(ms - scene.clock.now());
      return (await check({ production: version, settings })).decision.decision;
    };
    expect(await decisionOn(31 * day)).toBe('keep');
    expect(await decisionOn(33 * day)).toBe('retrain');
  });

  it('does not train again within the cooldown', async () => {
    const settings = { ...off, driftBased: on.driftBased, cooldownHours: 24 };
    const request = { production: await production(), monitoring: drifted(1), settings };
    scene.clock.advance(10 * day);
    const lastRetrainingAt = scene.clock.now() - day / 2;
    expect((await check({ ...request, lastRetrainingAt })).decision.decision).toBe('keep');
    expect((await check(request)).decision.decision).toBe('retrain');
  });

  it('closes the model when it cannot answer', async () => {
    const broken: Predictor = () => {
      throw new Error('out of memory');
    };
    await expect(check({ production: await production(broken), arrived })).rejects.toThrow('out of memory');
    expect(scene.format.openModels).toBe(0);
  });
});
