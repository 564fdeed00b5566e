import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classificationMetrics, type ClassificationMetrics } from './classification-metrics.js';

interface Vector extends ClassificationMetrics {
  readonly classes: number;
  readonly actual: number[];
  readonly predicted: number[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/classification-metrics.json', import.meta.url), 'utf8'),
) as Vector[];

describe('classificationMetrics()', () => {
  it.each(vectors.map((vector, i) => [i, vector] as const))('agrees with scikit-learn, case %i', (_, vector) => {
    const { classes, actual, predicted, perClass, ...expected } = vector;
    const { perClass: found, ...metrics } = classificationMetrics(actual, predicted, classes);
    for (const [key, value] of Object.entries(expected)) {
      expect(metrics[key as keyof typeof metrics], key).toBeCloseTo(value, 12);
    }
    expect(found.map((one) => one?.count)).toEqual(perClass.map((one) => one?.count));
    for (const key of ['precision', 'recall', 'f1'] as const) {
      found.forEach((one, label) => {
        if (one !== null) expect(one[key], `${key} of ${label}`).toBeCloseTo(perClass[label]![key], 12);
      });
    }
  });

  it('has no value for no pairs', () => {
    const { accuracy, balancedAccuracy, f1, mcc } = classificationMetrics([], [], 2);
    expect([accuracy, balancedAccuracy, f1, mcc]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  it.each([2, -1, 0.5, Number.NaN])('refuses %f as a class of two', (label) => {
    const error = new RangeError(`Cannot count classes: an index is ${label}; give one from 0 to 1`);
    expect(() => classificationMetrics([0, 1], [0, label], 2)).toThrow(error);
    expect(() => classificationMetrics([0, label], [0, 1], 2)).toThrow(error);
  });

  it('refuses lists of different length', () => {
    expect(() => classificationMetrics([0], [0, 1], 2)).toThrow(/2 predictions for 1 values/);
  });
});
