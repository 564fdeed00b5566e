import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRetraining } from './decide-retraining.js';
import type { ConditionResult, RetrainingCondition } from './decision.js';
import type { RetrainingSettings } from './settings.js';
import type { ProductionVersion, RetrainingState } from './state.js';

const day = 86_400_000;
const hour = 3_600_000;
const now = 1000 * day;

const settings: RetrainingSettings = {
  timeBased: { enabled: true, intervalDays: 30 },
  performanceBased: { enabled: true, degradationThreshold: 0.1 },
  driftBased: { enabled: true },
  dataAvailability: { enabled: true, minSamples: 1000 },
  cooldownHours: 24,
};
const productionVersion: ProductionVersion = {
  version: '3',
  promotedAt: now - 10 * day,
  validationMetrics: { rmse: 20, r2: 0.8, meanError: 0 },
};
/** Everything is known and no condition is met. */
const calm: RetrainingState = {
  now,
  productionVersion,
  live: { metrics: { rmse: 21, r2: 0.79, meanError: 5 }, status: 'passed' },
  drift: { status: 'passed', share: 0 },
  newRows: 100,
};
const without = (...keys: (keyof RetrainingState)[]): RetrainingState =>
  Object.fromEntries(Object.entries(calm).filter(([key]) => !keys.includes(key as keyof RetrainingState))) as never;

function conditionOf(name: RetrainingCondition, state: RetrainingState, policy = settings): ConditionResult {
  return decideRetraining(policy, state).conditions.find(({ condition }) => condition === name)!;
}

describe('decideRetraining()', () => {
  it('keeps a version when all is known and nothing is met', () => {
    const { decision, reason, conditions } = decideRetraining(settings, calm);
    expect([decision, reason]).toEqual(['keep', 'no condition is met']);
    expect(conditions.map(({ condition, status }) => [condition, status])).toEqual([
      ['time', 'not-met'],
      ['performance', 'not-met'],
      ['drift', 'not-met'],
      ['data', 'not-met'],
    ]);
  });

  it.each<[RetrainingCondition, RetrainingState]>([
    ['time', { ...calm, productionVersion: { ...productionVersion, promotedAt: now - 30 * day } }],
    ['performance', { ...calm, live: { metrics: { rmse: 22.1 }, status: 'passed' } }],
    ['drift', { ...calm, drift: { status: 'failed', share: 0.5 } }],
    ['data', { ...calm, newRows: 1000 }],
  ])('retrains for %s alone, and says so', (condition, state) => {
    const { decision, reason, conditions } = decideRetraining(settings, state);
    expect(decision).toBe('retrain');
    expect(conditions.filter(({ status }) => status === 'met').map((c) => c.condition)).toEqual([condition]);
    expect(reason).toMatch(new RegExp(`^${condition}: `));
  });

  it.each<[RetrainingCondition, RetrainingState]>([
    ['performance', without('live')],
    ['drift', without('drift')],
    ['data', without('newRows')],
  ])('does not know when only %s is not known', (condition, state) => {
    const { decision, reason } = decideRetraining(settings, state);
    expect(decision).toBe('unknown');
    expect(reason).toMatch(new RegExp(`^${condition}: `));
  });

  it('retrains for a met condition although others are not known', () => {
    expect(decideRetraining(settings, { ...without('live', 'drift'), newRows: 5000 }).decision).toBe('retrain');
  });

  it('does not know what to do when nothing is in Production, and lists the conditions all the same', () => {
    const { decision, reason, conditions } = decideRetraining(settings, {
      ...without('productionVersion'),
      newRows: 5000,
    });
    expect([decision, reason]).toEqual(['unknown', 'nothing is in Production: there is no version to retrain']);
    expect(conditions.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'not-met', 'met']);
  });

  it('keeps the version within the cooldown, with the conditions that are met', () => {
    const hot: RetrainingState = { ...calm, newRows: 5000, lastRetrainingAt: now - 23 * hour };
    const { decision, reason, conditions } = decideRetraining(settings, hot);
    expect([decision, reason]).toEqual(['keep', 'the last retraining was 23 hours ago, the cooldown is 24 hours']);
    expect(conditions.at(-1)?.status).toBe('met');
    expect(decideRetraining(settings, { ...hot, lastRetrainingAt: now - 24 * hour }).decision).toBe('retrain');
  });

  it.each([now + hour, NaN])('is not held back by a last retraining at %d', (lastRetrainingAt) => {
    expect(decideRetraining(settings, { ...calm, newRows: 5000, lastRetrainingAt }).decision).toBe('retrain');
  });

  it('keeps the version when every condition is switched off', () => {
    const off: RetrainingSettings = {
      timeBased: { enabled: false, intervalDays: 30 },
      performanceBased: { enabled: false, degradationThreshold: 0.1 },
      driftBased: { enabled: false },
      dataAvailability: { enabled: false, minSamples: 1000 },
      cooldownHours: 0,
    };
    const { decision, reason } = decideRetraining(off, { now, productionVersion });
    expect([decision, reason]).toEqual(['keep', 'every condition is switched off']);
  });
});

describe('the time condition', () => {
  const at = (promotedAt: number): ConditionResult =>
    conditionOf('time', { ...calm, productionVersion: { ...productionVersion, promotedAt } });

  it.each([
    [now - 29.99 * day, 'not-met'],
    [now - 30 * day, 'met'],
    [now, 'not-met'],
    [now + 1, 'unknown'],
    [NaN, 'unknown'],
  ])('for a promotion at %d is %s', (promotedAt, status) => {
    expect(at(promotedAt).status).toBe(status);
  });

  it('shows the age and the interval in days', () => {
    expect(at(now - 12.5 * day)).toEqual({
      condition: 'time',
      status: 'not-met',
      value: 12.5,
      threshold: 30,
      reason: 'version 3 is 12.5 days old, the interval is 30 days',
    });
  });
});

describe('the performance condition', () => {
  const compare = (
    baseline: Record<string, number>,
    live: Record<string, number>,
    options: Partial<RetrainingSettings['performanceBased']> = {},
  ): ConditionResult =>
    conditionOf(
      'performance',
      {
        ...calm,
        productionVersion: { ...productionVersion, validationMetrics: baseline },
        live: { metrics: live, status: 'passed' },
      },
      { ...settings, performanceBased: { ...settings.performanceBased, ...options } },
    );

  it.each([
    ['rmse 20 to 22, the threshold itself', { rmse: 20 }, { rmse: 22 }, ['not-met', 0.1]],
    ['rmse 20 to 25', { rmse: 20 }, { rmse: 25 }, ['met', 0.25]],
    ['rmse 20 to 10, better', { rmse: 20 }, { rmse: 10 }, ['not-met', -0.5]],
    ['mae 4 to 6', { mae: 4 }, { mae: 6 }, ['met', 0.5]],
    ['r2 0.8 to 0.4', { r2: 0.8 }, { r2: 0.4 }, ['met', 0.5]],
    ['r2 0.8 to 0.9, better', { r2: 0.8 }, { r2: 0.9 }, ['not-met', -0.125]],
    ['r2 of zero to -0.05, in units of 0.1', { r2: 0 }, { r2: -0.05 }, ['met', 0.5]],
    ['accuracy 0.8 to 0.6', { accuracy: 0.8 }, { accuracy: 0.6 }, ['met', 0.25]],
    ['f1 0.5 to 0.5', { f1_score: 0.5 }, { f1_score: 0.5 }, ['not-met', 0]],
    ['reward -100 to -150', { reward: -100 }, { reward: -150 }, ['met', 0.5]],
    ['reward -100 to -50, better', { mean_reward: -100 }, { mean_reward: -50 }, ['not-met', -0.5]],
    ['an rmse of zero to 0.2, in units of 0.1', { rmse: 0 }, { rmse: 0.2 }, ['met', 2]],
    ['the worst of two', { rmse: 20, r2: 0.8 }, { rmse: 10, r2: 0.4 }, ['met', 0.5]],
    ['a prefixed name', { 'validation.rmse': 20 }, { 'validation.rmse': 25 }, ['met', 0.25]],
  ] as const)('for %s', (_case, baseline, live, [status, value]) => {
    const result = compare(baseline, live);
    expect(result.status).toBe(status);
    expect(result.value).toBeCloseTo(value, 12);
    expect(result.threshold).toBe(0.1);
  });

  it('names the metric with both values', () => {
    expect(compare({ rmse: 20 }, { rmse: 25 }).reason).toBe('rmse is 25 live and was 20 in validation: 25 % worse');
  });

  it('takes the scale of the settings for a baseline near zero', () => {
    expect(compare({ r2: 0.01 }, { r2: -0.04 }, { absoluteScale: 1 })).toMatchObject({
      status: 'not-met',
      value: 0.05,
    });
  });

  it.each([
    ['no live metric', { rmse: 20 }, {}],
    ['no metric in common', { rmse: 20 }, { mae: 20 }],
    ['only metrics without a direction', { meanError: 1, phmScore: 5 }, { meanError: 9, phmScore: 90 }],
  ])('is unknown for %s', (_case, baseline, live) => {
    expect(compare(baseline, live)).toMatchObject({ status: 'unknown', value: null });
  });

  it.each(['inconclusive', 'error'] as const)('does not use metrics whose measurement was %s', (status) => {
    const state = { ...calm, live: { metrics: { rmse: 99 }, status } };
    expect(conditionOf('performance', state)).toMatchObject({ status: 'unknown', value: null });
  });

  it('is unknown when a metric that was asked for is missing or not finite, unless another is met', () => {
    const both = { metrics: ['rmse', 'r2'] };
    expect(compare({ rmse: 20, r2: 0.8 }, { rmse: 20 }, both)).toMatchObject({ status: 'unknown', value: 0 });
    expect(compare({ rmse: 20, r2: 0.8 }, { rmse: 20, r2: NaN })).toMatchObject({ status: 'unknown', value: 0 });
    expect(compare({ rmse: 20, r2: 0.8 }, { rmse: 30, r2: NaN }, both).status).toBe('met');
    expect(compare({ rmse: 20, r2: 0.8 }, { rmse: 20, r2: 0.8 }, both).status).toBe('not-met');
  });
});

describe('the drift condition', () => {
  it.each([
    [undefined, 'failed', 0.01, 'met'],
    [undefined, 'passed', 0.15, 'not-met'],
    [undefined, 'inconclusive', 0.15, 'unknown'],
    [undefined, 'error', 1, 'unknown'],
    [0.1, 'failed', 0.3, 'met'],
    [0.1, 'passed', 0.15, 'met'],
    [0.1, 'passed', 0.05, 'not-met'],
    [0.1, 'inconclusive', 0.15, 'met'],
    [0.1, 'inconclusive', 0.05, 'unknown'],
    [0.1, 'error', 1, 'unknown'],
    [0.1, 'passed', NaN, 'unknown'],
    [0, 'passed', 0, 'not-met'],
  ] as const)('with threshold %s for a %s report and a share of %d is %s', (driftThreshold, report, share, status) => {
    const driftBased = { enabled: true, ...(driftThreshold === undefined ? {} : { driftThreshold }) };
    const result = conditionOf('drift', { ...calm, drift: { status: report, share } }, { ...settings, driftBased });
    expect(result.status).toBe(status);
    expect(result.threshold).toBe(driftThreshold ?? null);
  });
});

describe('the data condition', () => {
  it.each([
    [0, 1000, 'not-met'],
    [999, 1000, 'not-met'],
    [1000, 1000, 'met'],
    [0, 0, 'not-met'],
    [1, 0, 'met'],
    [NaN, 1000, 'unknown'],
    [-1, 1000, 'unknown'],
  ])('for %d new rows of %d is %s', (newRows, minSamples, status) => {
    const policy = { ...settings, dataAvailability: { enabled: true, minSamples } };
    expect(conditionOf('data', { ...calm, newRows }, policy)).toMatchObject({ status, threshold: minSamples });
  });
});

const anyNumber = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constantFrom(0, NaN, Infinity));
const anyStatus = fc.constantFrom('passed', 'failed', 'inconclusive', 'error');
const anyMetrics = fc.dictionary(fc.constantFrom('rmse', 'r2', 'reward', 'other'), anyNumber);
const anyState: fc.Arbitrary<RetrainingState> = fc.record(
  {
    now: fc.constant(now),
    productionVersion: fc.record({
      version: fc.constant('3'),
      promotedAt: fc.integer({ min: now - 100 * day, max: now + day }),
      validationMetrics: anyMetrics,
    }),
    live: fc.record({ metrics: anyMetrics, status: anyStatus }),
    drift: fc.record({ status: anyStatus, share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    newRows: fc.nat(5000),
    lastRetrainingAt: fc.integer({ min: now - 10 * day, max: now }),
  },
  { requiredKeys: ['now'] },
);
const anySettings: fc.Arbitrary<RetrainingSettings> = fc.record({
  timeBased: fc.record({ enabled: fc.boolean(), intervalDays: fc.double({ min: 0, max: 60, noNaN: true }) }),
  performanceBased: fc.record({
    enabled: fc.boolean(),
    degradationThreshold: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  driftBased: fc.record(
    { enabled: fc.boolean(), driftThreshold: fc.double({ min: 0, max: 1, noNaN: true }) },
    { requiredKeys: ['enabled'] },
  ),
  dataAvailability: fc.record({ enabled: fc.boolean(), minSamples: fc.nat(2000) }),
  cooldownHours: fc.double({ min: 0, max: 100, noNaN: true }),
});

describe('decideRetraining() for any state', () => {
  it('never has a disabled condition that is met or not known', () => {
    fc.assert(
      fc.property(anySettings, anyState, (policy, state) => {
        const enabled = [policy.timeBased, policy.performanceBased, policy.driftBased, policy.dataAvailability];
        for (const [i, { status }] of decideRetraining(policy, state).conditions.entries()) {
          expect(status === 'disabled').toBe(enabled[i]?.enabled === false);
        }
      }),
    );
  });

  it('retrains only for a met condition of a version in Production, outside the cooldown', () => {
    fc.assert(
      fc.property(anySettings, anyState, (policy, state) => {
        const { decision, conditions } = decideRetraining(policy, state);
        const isCooling =
          state.lastRetrainingAt !== undefined && now - state.lastRetrainingAt < policy.cooldownHours * hour;
        const isMet = conditions.some(({ status }) => status === 'met');
        expect(decision === 'retrain').toBe(isMet && !isCooling && state.productionVersion !== undefined);
      }),
    );
  });

  it('keeps a version only when no condition is unknown, or in the cooldown', () => {
    fc.assert(
      fc.property(anySettings, anyState, (policy, { lastRetrainingAt: _, ...state }) => {
        const { decision, conditions } = decideRetraining(policy, state);
        if (decision !== 'keep') return;
        expect(conditions.map(({ status }) => status)).not.toContain('unknown');
      }),
    );
  });

  it('still retrains when what is met becomes more extreme', () => {
    const worse = fc.record({
      days: fc.nat(100),
      rows: fc.nat(10_000),
      error: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(anySettings, anyState, worse, (policy, state, { days, rows, error }) => {
        fc.pre(decideRetraining(policy, state).decision === 'retrain');
        const { productionVersion: served, live, drift, newRows } = state;
        const extreme: RetrainingState = {
          ...state,
          ...(served === undefined
            ? {}
            : { productionVersion: { ...served, promotedAt: served.promotedAt - days * day } }),
          ...(live === undefined ? {} : { live: { ...live, metrics: worsened(live.metrics, error) } }),
          ...(drift === undefined ? {} : { drift: { ...drift, share: Math.min(1, drift.share + error) } }),
          ...(newRows === undefined ? {} : { newRows: newRows + rows }),
        };
        expect(decideRetraining(policy, extreme).decision).toBe('retrain');
      }),
    );
  });
});

function worsened(metrics: Readonly<Record<string, number>>, error: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, v]) => [name, name === 'rmse' ? v + error : v - error]),
  );
}
