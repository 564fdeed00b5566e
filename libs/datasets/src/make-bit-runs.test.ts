import { bitRunFeatures } from '@i-drill/drilling';
import { describe, expect, it } from 'vitest';
import { makeBitRuns } from './make-bit-runs.js';

describe('makeBitRuns()', () => {
  it('gives one segment per bit, with the hours left as target', () => {
    const runs = makeBitRuns({ count: 3, seed: 7 });
    expect(runs).toMatchObject({ name: 'bit-runs-mixed', source: 'simulated', evaluateOn: 'every-row' });
    expect(new Set(runs.segments.map(({ unit }) => unit)).size).toBe(3);
    for (const { rows, features, target } of runs.segments) {
      expect(features).toHaveLength(rows * bitRunFeatures.length);
      expect(target).toHaveLength(rows);
      expect(target.at(-1)).toBe(0);
      expect(target[0]).toBeGreaterThan(target[1]!);
    }
  });

  it('gives the same data for the same seed, and other units for another seed or shift', () => {
    const runs = makeBitRuns({ count: 2, seed: 7 });
    expect(makeBitRuns({ count: 2, seed: 7 }).fingerprint).toBe(runs.fingerprint);
    const others = [
      makeBitRuns({ count: 2, seed: 8 }),
      makeBitRuns({ count: 2, seed: 7, shift: 'torque-sensor-bias' }),
    ];
    for (const other of others) {
      expect(other.fingerprint).not.toBe(runs.fingerprint);
      expect(other.segments.map(({ unit }) => unit)).not.toContain(runs.segments[0]!.unit);
    }
    expect(others[1]!.name).toBe('bit-runs-mixed-torque-sensor-bias');
  });
});
