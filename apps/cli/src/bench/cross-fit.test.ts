import { describe, expect, it } from 'vitest';
import { clipped, unitFolds } from './cross-fit.js';

const units = Array.from({ length: 23 }, (_, i) => `unit ${i}`);
const shares = { folds: 5, validationShare: 0.1, seed: 3 };

describe('unitFolds()', () => {
  const folds = unitFolds(units, shares);

  it('holds every unit out exactly once', () => {
    expect(folds.flatMap(({ heldOut }) => heldOut).sort()).toEqual([...units].sort());
  });

  it('uses every unit exactly once in every fold', () => {
    for (const { train, validation, heldOut } of folds) {
      expect([...train, ...validation, ...heldOut].sort()).toEqual([...units].sort());
      expect(validation).toHaveLength(2);
    }
  });

  it('does not depend on the order of the units, but on the seed', () => {
    expect(unitFolds([...units].reverse(), shares)).toEqual(folds);
    expect(unitFolds(units, { ...shares, seed: 4 })).not.toEqual(folds);
  });
});

describe('clipped()', () => {
  it('keeps remaining life between 0 and the cap', () => {
    expect(clipped(Float32Array.of(-3, 0, 50, 125, 140), 125)).toEqual(Float32Array.of(0, 0, 50, 125, 125));
  });
});
