import { buildReferenceProfile, compareToReference, defaultDriftSettings } from '@i-drill/drift';
import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { checkDrift } from './check-drift.js';

const rng = createRng(3);
const rows = 300;
const noise = (shift: number) => ({
  rows,
  features: Float64Array.from({ length: 2 * rows }, (_, i) => normal(rng) + (i % 2) * shift),
});
const features = [
  { name: 'torque', unit: 'kN.m' },
  { name: 'pressure', unit: 'MPa' },
];
const profile = buildReferenceProfile(features, [noise(0)]);
const consequences = { failed: 'block', inconclusive: 'warn', error: 'block' } as const;

describe('checkDrift()', () => {
  it('takes over status, reason and consequences of the report', () => {
    for (const series of [[noise(0)], [noise(3)], []]) {
      const report = compareToReference(profile, series, defaultDriftSettings);
      const { status, reason } = report;
      expect(checkDrift(report, consequences)).toMatchObject({ check: 'drift', status, reason, consequences });
    }
  });

  it('lists the features by distance, drifted ones by name', () => {
    const report = compareToReference(profile, [noise(3)], defaultDriftSettings);
    const [share, first, second] = checkDrift(report).measurements;
    expect(share).toMatchObject({ name: 'drifted features', value: 0.5 });
    expect(first?.name).toBe('pressure (drifted)');
    expect(second?.name).toBe('torque (no drift)');
    expect(first?.value).toBeGreaterThan(0.8);
  });

  it('blocks by default', () => {
    expect(checkDrift(compareToReference(profile, [], defaultDriftSettings)).consequences.inconclusive).toBe('block');
  });
});
