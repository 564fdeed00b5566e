import { describe, expect, it } from 'vitest';
import { compareToReference, buildReferenceProfile, defaultDriftSettings } from './index.js';

const pressure = { name: 'p15', unit: 'psia' };

describe('single precision', () => {
  it('makes no change out of a value of a file that is sent in a request', () => {
    const filed = Float64Array.from({ length: 400 }, (_, i) => 21.61 + 0.01 * (i % 2));
    const sent = Float64Array.from(Float32Array.from(filed));
    const profile = buildReferenceProfile([pressure], [{ rows: 400, features: filed }]);
    const { features } = compareToReference(profile, [{ rows: 400, features: sent }], defaultDriftSettings);
    expect(features[0]?.distance).toBe(0);
  });
});
