import { combineStatuses } from '@i-drill/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMetrics } from './check-metrics.js';
import { metricSpecs } from './metric-specs.js';

const thresholds = { r2_score: 0.5, mean_absolute_error: 100, root_mean_squared_error: 20 };

describe('checkMetrics()', () => {
  it('holds each metric against its threshold, in its direction', () => {
    const results = checkMetrics({ r2: 0.8, mae: 101, rmse: 20 }, thresholds, 'regression', { targetUnit: 'h' });
    expect(results.map(({ check, status }) => [check, status])).toEqual([
      ['metrics.r2', 'passed'],
      ['metrics.mae', 'failed'],
      ['metrics.rmse', 'passed'],
    ]);
    expect(results[1]?.reason).toBe('mean_absolute_error is 101 h, limit <= 100 h');
    expect(results[1]?.measurements).toEqual([
      { name: 'mean_absolute_error', value: 101, limit: '<= 100 h', unit: 'h' },
    ]);
  });

  it.each([
    [undefined, 'r2_score was not measured'],
    [NaN, 'r2_score is NaN, which is no measurement'],
    [Infinity, 'r2_score is Infinity, which is no measurement'],
  ])('never passes a metric of %s', (value, reason) => {
    const metrics = value === undefined ? {} : { r2: value };
    const [result] = checkMetrics(metrics, { r2_score: 0.5 }, 'regression');
    expect(result).toMatchObject({ status: 'error', reason, measurements: [{ value: null }] });
  });

  it('passes a finite metric only, whatever the metrics are', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (value, threshold) => {
        for (const { name, key, task } of metricSpecs) {
          const [result] = checkMetrics({ [key]: value }, { [name]: threshold }, task);
          const finite = Number.isFinite(value) && Number.isFinite(threshold);
          expect(result?.status === 'error').toBe(!finite);
        }
      }),
    );
  });

  it('takes a metric by its name in the configuration too', () => {
    expect(checkMetrics({ mean_absolute_error: 3 }, thresholds, 'regression')[1]?.status).toBe('passed');
  });

  it('does not apply thresholds of another task, and says so', () => {
    const results = checkMetrics({ r2: 0.8 }, { r2_score: 0.5, accuracy: 0.7, mean_reward: 3 }, 'regression');
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      status: 'passed',
      reason: 'r2_score is 0.8, limit >= 0.5; not applied: accuracy (classification), mean_reward (agent)',
    });
    expect(results[0]?.measurements[1]).toEqual({
      name: 'accuracy',
      value: null,
      limit: 'not applied: 0.7 is for classification models',
    });
  });

  it('is inconclusive where no threshold is of the task: nothing was shown', () => {
    const results = checkMetrics({ r2: 0.8 }, { accuracy: 0.7 }, 'regression');
    expect(combineStatuses(results)).toBe('inconclusive');
    expect(checkMetrics({ r2: 0.8 }, {}, 'regression')[0]?.status).toBe('inconclusive');
  });

  it('blocks by default and takes other consequences', () => {
    const consequences = { failed: 'warn', inconclusive: 'warn', error: 'block' } as const;
    expect(checkMetrics({ r2: 0 }, { r2_score: 0.5 }, 'regression')[0]?.consequences.failed).toBe('block');
    const [warned] = checkMetrics({ r2: 0 }, { r2_score: 0.5 }, 'regression', { consequences });
    expect(warned?.consequences).toEqual(consequences);
  });
});
