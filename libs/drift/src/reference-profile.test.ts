import { describe, expect, it } from 'vitest';
import { buildReferenceProfile } from './reference-profile.js';

const torque = { name: 'torque', unit: 'kN·m' };
const speed = { name: 'speed', unit: 'rpm' };

describe('buildReferenceProfile()', () => {
  it('summarises each column over all series', () => {
    const profile = buildReferenceProfile(
      [torque, speed],
      [
        { rows: 2, features: Float64Array.of(4, 100, 2, 100) },
        { rows: 1, features: Float64Array.of(6, NaN) },
      ],
    );
    expect(profile).toMatchObject({ formatVersion: 1, rows: 3, series: 2 });
    expect(profile.features[0]).toMatchObject({
      feature: torque,
      sortedSample: [2, 4, 6],
      mean: 4,
      minimum: 2,
      maximum: 6,
      missingShare: 0,
    });
    expect(profile.features[0]!.standardDeviation).toBeCloseTo(Math.sqrt(8 / 3), 14);
    expect(profile.features[1]).toMatchObject({ sortedSample: [100, 100], standardDeviation: 0, missingShare: 1 / 3 });
  });

  it('keeps 1000 evenly spaced order statistics of more', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 10_000);
    const [profile] = buildReferenceProfile([torque], [{ rows: values.length, features: values }]).features;
    expect(profile!.sortedSample).toEqual(Array.from({ length: 1000 }, (_, i) => 10 * i + 5));
    expect(profile).toMatchObject({ minimum: 0, maximum: 9999 });
  });

  it('refuses no features, no rows and a column without a value, by name', () => {
    const empty = (code: string, names: readonly string[]): unknown =>
      expect.objectContaining({ code, details: { features: names } });
    expect(() => buildReferenceProfile([], [])).toThrow(empty('DRIFT_REFERENCE_EMPTY', []));
    expect(() => buildReferenceProfile([torque], [])).toThrow(empty('DRIFT_REFERENCE_EMPTY', ['torque']));
    expect(() =>
      buildReferenceProfile([torque, speed], [{ rows: 2, features: Float64Array.of(1, NaN, 2, NaN) }]),
    ).toThrow(
      'Cannot build a reference profile: feature "speed" has no value; give at least one measured row per feature',
    );
  });

  it('refuses series of another width', () => {
    expect(() => buildReferenceProfile([torque, speed], [{ rows: 2, features: Float64Array.of(1, 2, 3) }])).toThrow(
      expect.objectContaining({ code: 'DRIFT_FEATURE_MISMATCH' }),
    );
  });
});
