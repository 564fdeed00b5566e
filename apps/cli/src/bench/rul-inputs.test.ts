import type { SensorDataset } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import { rulInputs } from './rul-inputs.js';

const dataset: SensorDataset = {
  name: 'two cycles',
  task: 'remaining-useful-life',
  features: ['altitude', 'T2', 'T24', 'W32'].map((name) => ({ name, unit: '-' })),
  target: { name: 'life', unit: 'cycles' },
  segments: [{ unit: 'a', rows: 2, features: Float64Array.of(10, 518, 641, 23, 20, 519, 642, 24), target: Float64Array.of(1, 0) }], // prettier-ignore
  source: 'simulated',
  fingerprint: 'of the whole',
  conditionFeatures: [0],
  evaluateOn: 'last-row',
};

describe('rulInputs()', () => {
  it('keeps the sensors of the protocol and adds the age', () => {
    const inputs = rulInputs(dataset, 'one');
    expect(inputs.features.map(({ name }) => name)).toEqual(['T24', 'W32', 'age']);
    expect(Array.from(inputs.segments[0]!.features)).toEqual([641, 23, 0, 642, 24, 1]);
    expect(inputs.conditionFeatures).toBeUndefined();
    expect(inputs.segments[0]!.target).toBe(dataset.segments[0]!.target);
    expect(inputs.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the settings where they tell the operating condition, and says where they are', () => {
    const inputs = rulInputs(dataset, 'several');
    expect(inputs.features.map(({ name }) => name)).toEqual(['altitude', 'T24', 'W32', 'age']);
    expect(inputs.conditionFeatures).toEqual([0]);
    expect(Array.from(inputs.segments[0]!.features)).toEqual([10, 641, 23, 0, 20, 642, 24, 1]);
  });
});
