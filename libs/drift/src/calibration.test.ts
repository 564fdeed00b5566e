import { describe, expect, it } from 'vitest';
import { alarmsOfPlainTest, measure } from '../test/calibration/experiment.js';
import { defaultDriftSettings } from './drift-settings.js';

const dependent = { series: 1, rows: 600, columns: 1, phi: 0.9 };
const { alpha } = defaultDriftSettings;

describe('compareToReference() on autoregressive streams with φ = 0.9', () => {
  it('alarms without drift in at most 7 % of the comparisons, where a plain test mostly does', () => {
    const experiment = { reference: dependent, shift: 0, repeats: 200, seed: 1 };
    expect(measure(experiment).alarms).toBeLessThanOrEqual(0.07);
    expect(alarmsOfPlainTest(experiment)).toBeGreaterThan(0.5);
  });

  it('finds a shift of one standard deviation', () => {
    expect(measure({ reference: dependent, shift: 1, repeats: 100, seed: 2 }).alarms).toBeGreaterThan(0.8);
  });

  it('alarms rarely without drift where series have levels of their own', () => {
    const reference = { series: 12, rows: 80, columns: 1, phi: 0.9, levelShare: 0.5 };
    expect(measure({ reference, shift: 0, repeats: 150, seed: 3 }).alarms).toBeLessThanOrEqual(0.07);
  });

  it.each([1, 8, 18, 28])('keeps the chance of any false alarm at alpha over %i features', (columns) => {
    const reference = { series: 1, rows: 1000, columns, phi: 0.9 };
    expect(measure({ reference, shift: 0, repeats: Math.max(24, 200 / columns), seed: 11 }).alarms).toBeLessThanOrEqual(
      alpha,
    );
  });
});
