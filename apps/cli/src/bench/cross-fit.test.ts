import { selectBackend } from '@i-drill/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipped, crossFit, joinFolds, trainFold, unitFolds, type CrossFitRequest } from './cross-fit.js';
import { rulRecipe } from './rul-protocol.js';
import { madeDatasets } from './testing/made-datasets.js';

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

describe('crossFit()', () => {
  const data = madeDatasets(12, 'visible').train;
  const { settings } = rulRecipe('lstm', 'FD001', 2);
  const request: CrossFitRequest = {
    recipe: { architecture: { type: 'lstm', hiddenSize: 4, numLayers: 1, dropout: 0.1 }, settings },
    windowLength: 10,
    stride: 4,
    targetCap: 60,
    folds: 3,
    validationShare: 0.1,
    interval: { method: 'split-conformal', coverage: 0.9, guarantee: 'asymptotic' },
    seed: 5,
    clock: { now: () => 0, sleep: () => Promise.resolve() },
  };

  beforeAll(async () => {
    await selectBackend(['wasm']);
  });

  it('joins networks that do not depend on which of them is trained first', async () => {
    const model = await crossFit(data, request);
    const last = await trainFold(data, 2, request);
    const others = [await trainFold(data, 0, request), await trainFold(data, 1, request)];
    expect(joinFolds(data, [...others, last], request)).toEqual(model);
    expect(model.members).toHaveLength(3);
    expect(model.interval?.calibratedOn.units).toBe(12);
  });
});
