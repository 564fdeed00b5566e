import type { SensorDataset } from '@i-drill/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, type FingerprintParts } from './fingerprint.js';
import { segment, smallDataset } from './testing/small-dataset.js';

function twoWells(): FingerprintParts {
  return {
    task: 'rate-of-penetration',
    features: [
      { name: 'torque', unit: 'kN.m' },
      { name: 'débit', unit: 'L/min' },
    ],
    target: { name: 'rop', unit: 'm/h' },
    segments: [
      {
        unit: 'F-9',
        group: 'F-7+F-9',
        rows: 2,
        features: Float64Array.of(1.5, -0, NaN, 1e300),
        target: Float64Array.of(20.25, NaN),
      },
      { unit: 'F-5', rows: 1, features: Float64Array.of(0.1, 2000), target: Float64Array.of(3) },
    ],
    evaluateOn: 'every-row',
    anchorFeature: 1,
  };
}

describe('fingerprint()', () => {
  it('agrees with Python from the definition (test/vectors/fingerprint.py)', () => {
    expect(fingerprint(twoWells())).toBe('1f86d838ae2156efafe0c8c68c7781f97e779a863aad077b93ab197ab5fffbf3');
  });

  it('takes every NaN for the same one', () => {
    const parts = twoWells();
    const bits = new DataView(parts.segments[0]!.features.buffer);
    bits.setUint32(16, 1, true);
    bits.setUint32(20, 0xfff80000, true);
    expect(parts.segments[0]!.features[2]).toBeNaN();
    expect(fingerprint(parts)).toBe(fingerprint(twoWells()));
  });

  it('changes when any value changes', () => {
    const original = fingerprint(twoWells());
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.constantFrom<'features' | 'target'>('features', 'target'),
        fc.nat(3),
        fc.double(),
        (which, part, at, value) => {
          const parts = twoWells();
          const values = parts.segments[which]![part];
          const place = at % values.length;
          fc.pre(!Object.is(values[place], value));
          values[place] = value;
          return fingerprint(parts) !== original;
        },
      ),
    );
  });

  it('changes with schema, units, groups and order, and not with name and source', () => {
    const dataset = smallDataset([segment('a', 2), segment('b', 3)]);
    const others: SensorDataset[] = [
      smallDataset([segment('b', 3), segment('a', 2)]),
      smallDataset([segment('a', 2), segment('c', 3)]),
      smallDataset([segment('a', 2), segment('b', 3, 'a')]),
      smallDataset(dataset.segments, { anchorFeature: 0 }),
      smallDataset(dataset.segments, { conditionFeatures: [0] }),
      smallDataset(dataset.segments, { conditionFeatures: [1] }),
      smallDataset(dataset.segments, { classes: ['fine', 'kick'] }),
      smallDataset(dataset.segments, { evaluateOn: 'last-row' }),
      smallDataset(dataset.segments, { task: 'rate-of-penetration' }),
      smallDataset(dataset.segments, { target: { name: 'life', unit: 'cycles' } }),
      smallDataset(dataset.segments, { features: [...dataset.features].reverse() }),
    ];
    expect(new Set([dataset, ...others].map(fingerprint)).size).toBe(others.length + 1);
    expect(fingerprint(smallDataset(dataset.segments, { conditionFeatures: [], classes: [] }))).toBe(
      dataset.fingerprint,
    );
    expect(fingerprint(smallDataset(dataset.segments, { name: 'other', source: 'there' }))).toBe(dataset.fingerprint);
  });
});
