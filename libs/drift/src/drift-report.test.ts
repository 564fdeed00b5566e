import { createRng, normal } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareToReference, type FeatureDrift } from './drift-report.js';
import { defaultDriftSettings } from './drift-settings.js';
import { buildReferenceProfile, type ReferenceProfile } from './reference-profile.js';
import type { RowSeries } from './row-series.js';

const specs = (names: readonly string[]) => names.map((name) => ({ name, unit: '-' }));

/** Independent normal rows; `levels` moves each column. */
function rows(count: number, levels: readonly number[], seed: number): RowSeries {
  const rng = createRng(seed);
  return {
    rows: count,
    features: Float64Array.from({ length: count * levels.length }, (_, i) => levels[i % levels.length]! + normal(rng)),
  };
}

/** One column that never varies. */
function constant(value: number, count: number): RowSeries {
  return { rows: count, features: new Float64Array(count).fill(value) };
}

function one(profile: ReferenceProfile, series: readonly RowSeries[]): FeatureDrift {
  return compareToReference(profile, series, defaultDriftSettings).features[0]!;
}

describe('compareToReference()', () => {
  const names = ['torque', 'pressure', 'flow', 'speed', 'load', 'noise', 'a', 'b', 'c', 'd'];
  const quiet = names.map(() => 0);
  const profile = buildReferenceProfile(specs(names), [rows(400, quiet, 1)]);
  const compare = (levels: readonly number[], count = 300) =>
    compareToReference(profile, [rows(count, levels, 2)], defaultDriftSettings);

  it('passes rows of the same kind', () => {
    const report = compare(quiet);
    expect(report).toMatchObject({ status: 'passed', driftedShare: 0 });
    expect(report.reason).toBe('0 of 10 features drifted (limit: share 0.1)');
  });

  it('names one drifted feature of ten without failing the report', () => {
    const report = compare([2, ...quiet.slice(1)]);
    expect(report.status).toBe('passed');
    expect(report.driftedShare).toBe(0.1);
    expect(report.features.map(({ status }) => status)).toEqual(['failed', ...quiet.slice(1).map(() => 'passed')]);
    expect(report.reason).toMatch(/^1 of 10 features drifted \(limit: share 0\.1\): "torque" by 0\.\d\d$/);
  });

  it('fails on two drifted features of ten, and names the worst first', () => {
    const report = compare([1, 3, ...quiet.slice(2)]);
    expect(report).toMatchObject({ status: 'failed', driftedShare: 0.2 });
    expect(report.reason).toMatch(/"pressure" by 0\.\d\d, "torque" by 0\.\d\d$/);
  });

  it('measures a shift in standard deviations of the reference', () => {
    const drift = compare([2, ...quiet.slice(1)]).features[0]!;
    expect(drift.shift).toBeCloseTo(2, 0);
    expect(drift.distance).toBeCloseTo(0.68, 1); // 2Φ(1) − 1
    expect(drift.psi).toBeGreaterThan(0.25);
    expect(drift.adjustedPValue).toBeLessThan(1e-6);
  });

  it('does not fail on a sure difference that is too small to matter', () => {
    const large = buildReferenceProfile(specs(['torque']), [rows(20_000, [0], 3)]);
    const drift = one(large, [rows(20_000, [0.2], 4)]);
    expect(drift.adjustedPValue).toBeLessThan(1e-6);
    expect(drift.distance).toBeLessThan(defaultDriftSettings.minDistance);
    expect(drift.status).toBe('passed');
  });

  it('is inconclusive with too few rows, however far they lie', () => {
    const report = compare(
      quiet.map(() => 50),
      7,
    );
    expect(report.status).toBe('inconclusive');
    expect(report.features[0]).toMatchObject({
      status: 'inconclusive',
      pValue: null,
      adjustedPValue: null,
      distance: 1,
    });
    expect(report.reason).toContain('10 could not be judged (at most 7.0 effective rows, 8 needed)');
  });

  it('is inconclusive without any row', () => {
    const report = compareToReference(profile, [], defaultDriftSettings);
    expect(report.status).toBe('inconclusive');
    expect(report.features[0]).toMatchObject({ distance: null, shift: null, psi: null, effectiveCurrent: 0 });
  });

  it('judges the other rows of a column with gaps, and leaves out a column of gaps', () => {
    const current = rows(300, quiet, 2);
    for (let row = 0; row < 300; row++) {
      current.features[row * names.length + 1] = NaN;
      if (row % 3 === 0) current.features[row * names.length] = row % 2 === 0 ? NaN : -Infinity;
    }
    const [torque, pressure] = compareToReference(profile, [current], defaultDriftSettings).features;
    expect(torque).toMatchObject({ status: 'passed', effectiveCurrent: expect.closeTo(175, -1.7) });
    expect(pressure).toMatchObject({ status: 'inconclusive', distance: null, effectiveCurrent: 0 });
  });

  it('fails although columns cannot be judged, where the drifted ones alone are too many', () => {
    const current = rows(300, [3, 3, ...quiet.slice(2)], 2);
    for (let row = 0; row < 300; row++) current.features.fill(NaN, row * names.length + 5, (row + 1) * names.length);
    const report = compareToReference(profile, [current], defaultDriftSettings);
    expect(report.status).toBe('failed');
    expect(report.reason).toContain('; 5 could not be judged');
  });

  it('does not care in which order the series come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 4 }), (seed, count) => {
        const series = Array.from({ length: count }, (_, i) => rows(20 + 10 * i, quiet, seed + i));
        const forwards = compareToReference(profile, series, defaultDriftSettings).features[0]!;
        const backwards = compareToReference(profile, series.toReversed(), defaultDriftSettings).features[0]!;
        expect(backwards.distance).toBe(forwards.distance);
        expect(backwards.effectiveCurrent).toBeCloseTo(forwards.effectiveCurrent, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same report after the profile went through JSON', () => {
    const stored = JSON.parse(JSON.stringify(profile)) as ReferenceProfile;
    const current = [rows(100, [1, ...quiet.slice(1)], 9)];
    expect(compareToReference(stored, current, defaultDriftSettings)).toEqual(
      compareToReference(profile, current, defaultDriftSettings),
    );
  });

  it('refuses rows with another number of features', () => {
    const short = [rows(10, quiet, 1), rows(10, quiet.slice(1), 1)];
    expect(() => compareToReference(profile, short, defaultDriftSettings)).toThrow(
      expect.objectContaining({
        code: 'DRIFT_FEATURE_MISMATCH',
        details: { series: 1, rows: 10, values: 90, expectedFeatures: 10 },
        message:
          'Cannot compare with the reference: series 1 has 90 values in 10 rows, expected 10 a row; ' +
          'give the same features in the same order as the reference',
      }),
    );
  });

  it('refuses a profile without features', () => {
    expect(() => compareToReference({ ...profile, features: [] }, [], defaultDriftSettings)).toThrow(
      expect.objectContaining({ code: 'DRIFT_REFERENCE_EMPTY' }),
    );
  });

  it.each([
    ['alpha', -0.1],
    ['minDistance', 1.5],
    ['minEffectiveSize', NaN],
    ['maxDriftedShare', 2],
  ] as const)('refuses the setting %s = %d', (name, value) => {
    expect(() => compareToReference(profile, [], { ...defaultDriftSettings, [name]: value })).toThrow(
      `${name} is ${value}`,
    );
  });
});

describe('a column that never varies in the reference', () => {
  const profile = buildReferenceProfile(specs(['setting']), [constant(100, 500)]);

  it('passes the same value on few rows, without a test', () => {
    expect(one(profile, [constant(100, 3)])).toMatchObject({
      status: 'passed',
      distance: 0,
      pValue: null,
      shift: null,
      psi: null,
      effectiveReference: 1,
    });
  });

  it('fails on another value', () => {
    expect(one(profile, [constant(60, 3)])).toMatchObject({ status: 'failed', distance: 1, pValue: null });
  });

  it('forgives a value now and then', () => {
    const mixed = constant(100, 100);
    mixed.features[7] = 60;
    expect(one(profile, [mixed])).toMatchObject({ status: 'passed', distance: 0.01 });
  });
});

describe('a sensor that wanders off during the comparison', () => {
  it('has drifted, although its rows depend on one another as never before', () => {
    const profile = buildReferenceProfile(specs(['torque']), [rows(500, [0], 7)]);
    const current = rows(300, [0], 8);
    const wandering = { rows: 300, features: current.features.map((value, t) => value + t / 75) };
    expect(one(profile, [wandering]).status).toBe('failed');
  });
});

describe('a sensor that is stuck', () => {
  const profile = buildReferenceProfile(specs(['torque']), [rows(500, [0], 5)]);

  it('has drifted, although its value is an ordinary one', () => {
    const drift = one(profile, [constant(0.1, 100)]);
    expect(drift.status).toBe('failed');
    expect(drift.effectiveCurrent).toBeGreaterThan(70);
    expect(drift.effectiveCurrent).toBeLessThanOrEqual(100);
  });

  it('is not worth more rows than a moving one where rows depend on one another', () => {
    const slow = { rows: 2000, features: Float64Array.from({ length: 2000 }, (_, t) => Math.sin(t / 40)) };
    const slowProfile = buildReferenceProfile(specs(['torque']), [slow]);
    expect(one(slowProfile, [constant(0.1, 100)]).status).toBe('inconclusive');
  });
});
