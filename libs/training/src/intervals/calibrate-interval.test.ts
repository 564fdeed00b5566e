import type { PredictionInterval, Rng } from '@i-drill/core';
import { createRng, normal } from '@i-drill/numerics';
import { describe, expect, it } from 'vitest';
import { calibrateInterval, type CalibrationSample, type IntervalOptions } from './calibrate-interval.js';
import { intervalCoverage, type IntervalCoverage } from './interval-coverage.js';
import { intervalOf } from './interval-of.js';

const options: IntervalOptions = { method: 'split-conformal', coverage: 0.9 };

interface Units {
  readonly units: number;
  /** Standard deviation of what is wrong with a whole unit. */
  readonly unitEffect: number;
  readonly rng: Rng;
}

/** Units that wear down from 120 to 0. Errors grow with the life that is left, and each unit has one of its own. */
function wornUnits({ units, unitEffect, rng }: Units): Required<CalibrationSample> {
  const rows: { target: number; prediction: number; unit: number }[] = [];
  for (let unit = 0; unit < units; unit++) {
    const effect = unitEffect * normal(rng);
    for (let target = 120; target >= 0; target -= 5) {
      const spread = 1 + target / 10;
      rows.push({ target, prediction: target + spread * (effect + normal(rng)), unit });
    }
  }
  const predictions = rows.map(({ prediction }) => prediction);
  return {
    predictions,
    targets: rows.map(({ target }) => target),
    unitOf: rows.map(({ unit }) => unit),
    quantiles: { lower: predictions.map((p) => p - 3), upper: predictions.map((p) => p + 3) },
  };
}

function coverageOn(sample: Required<CalibrationSample>, interval: PredictionInterval): IntervalCoverage {
  const bounds = Array.from(sample.predictions, (prediction, i) =>
    intervalOf(prediction, interval, { lower: sample.quantiles.lower[i]!, upper: sample.quantiles.upper[i]! }),
  );
  const lower = bounds.map((b) => b.lower);
  return intervalCoverage({ ...sample, lower, upper: bounds.map((b) => b.upper) });
}

describe('calibrateInterval()', () => {
  it.each([
    ['split-conformal', 0],
    ['split-conformal', 1],
    ['conformalised-quantiles', 1],
  ] as const)('covers new units with %s and unit effects of %d', (method, unitEffect) => {
    const rng = createRng(5);
    const seeds = 60;
    const measured = Array.from({ length: seeds }, () => {
      const interval = calibrateInterval(wornUnits({ units: 40, unitEffect, rng }), { ...options, method });
      return coverageOn(wornUnits({ units: 60, unitEffect, rng }), interval).coverage;
    });
    const mean = measured.reduce((sum, share) => sum + share, 0) / seeds;
    // 3600 new units in all; their mean may miss by 0.02, and the unit that is to come adds up to 1/41 of mass.
    expect(mean).toBeGreaterThan(0.88);
    expect(mean).toBeLessThan(0.9 + 1 / 41 + 0.02);
  });

  it('covers each bin of predictions, with the width that bin needs', () => {
    const rng = createRng(6);
    const interval = calibrateInterval(wornUnits({ units: 60, unitEffect: 0, rng }), options);
    expect(interval.edges.length).toBeGreaterThan(2);
    expect(interval.above.at(-1)!).toBeGreaterThan(2 * interval.above[0]!);
    const fresh = wornUnits({ units: 400, unitEffect: 0, rng });
    const worn = wornPart(fresh, (prediction) => prediction < interval.edges[0]!);
    const young = wornPart(fresh, (prediction) => prediction >= interval.edges.at(-1)!);
    for (const part of [worn, young]) {
      expect(coverageOn(part, interval).coverage).toBeGreaterThan(0.86);
      expect(coverageOn(part, interval).coverage).toBeLessThan(0.96);
    }
  });

  it('would cover too rarely if windows counted instead of units', () => {
    // 25 units of one bad window each, and 5 of 99 good ones: nearly all windows are good, most units are not.
    const units = Array.from({ length: 30 }, (_, unit) => (unit < 25 ? [10] : Array.from({ length: 99 }, () => 1)));
    const targets = units.flat();
    const unitOf = units.flatMap((errors, unit) => errors.map(() => unit));
    const sample = { predictions: targets.map(() => 0), targets, unitOf };
    expect(calibrateInterval(sample, options).above[0]).toBe(10);
    const perWindow = { ...sample, unitOf: [...targets.keys()] };
    expect(calibrateInterval(perWindow, options).above).toEqual([1]);
  });

  it('does not depend on the order of the windows, nor on how units are numbered', () => {
    const { predictions, targets, unitOf } = wornUnits({ units: 30, unitEffect: 1, rng: createRng(3) });
    const turned = {
      predictions: Array.from(predictions).reverse(),
      targets: Array.from(targets).reverse(),
      unitOf: Array.from(unitOf, (unit) => 1000 - unit).reverse(),
    };
    expect(calibrateInterval(turned, options)).toEqual(calibrateInterval({ predictions, targets, unitOf }, options));
  });

  it('loses no coverage by cutting to what can be true', () => {
    const rng = createRng(4);
    const sample = wornUnits({ units: 40, unitEffect: 1, rng });
    const fresh = wornUnits({ units: 40, unitEffect: 1, rng });
    const free = coverageOn(fresh, calibrateInterval(sample, options));
    const cut = coverageOn(fresh, calibrateInterval(sample, { ...options, minimum: 0, maximum: 120 }));
    expect(cut.coverage).toBeGreaterThanOrEqual(free.coverage);
    expect(cut.width).toBeLessThan(free.width);
  });

  it('says how many units are needed where there are too few', () => {
    const sample = wornUnits({ units: 8, unitEffect: 0, rng: createRng(1) });
    expect(() => calibrateInterval(sample, options)).toThrow(
      expect.objectContaining({
        code: 'TRAINING_TOO_FEW_CALIBRATION_UNITS',
        details: { units: 8, needed: 9, coverage: 0.9 },
      }),
    );
    const enough = wornUnits({ units: 9, unitEffect: 0, rng: createRng(1) });
    expect(calibrateInterval(enough, options)).toMatchObject({ edges: [], calibratedOn: { windows: 225, units: 9 } });
    expect(calibrateInterval(sample, { ...options, coverage: 0.8 }).above[0]).toBeLessThan(Infinity);
  });

  it('refuses what is no sample', () => {
    const sample = { predictions: [1, 2], targets: [1, 2], unitOf: [0, 1] };
    const calibrate =
      (change: Partial<CalibrationSample>, changed: Partial<IntervalOptions> = {}) =>
      () =>
        calibrateInterval({ ...sample, ...change }, { ...options, coverage: 0.5, ...changed });
    expect(calibrate({})).not.toThrow();
    expect(calibrate({ targets: [1] })).toThrow('2 predictions and 1 values of targets');
    expect(calibrate({ predictions: [1, Number.NaN] })).toThrow('predictions holds NaN');
    expect(calibrate({}, { coverage: 1 })).toThrow('coverage is 1');
    expect(calibrate({}, { method: 'conformalised-quantiles' })).toThrow('the model predicts no quantiles');
  });
});

function wornPart(
  sample: Required<CalibrationSample>,
  keep: (prediction: number) => boolean,
): Required<CalibrationSample> {
  const rows = Array.from(sample.predictions, (_, i) => i).filter((i) => keep(sample.predictions[i]!));
  const pick = (values: ArrayLike<number>): number[] => rows.map((i) => values[i]!);
  return {
    predictions: pick(sample.predictions),
    targets: pick(sample.targets),
    unitOf: pick(sample.unitOf),
    quantiles: { lower: pick(sample.quantiles.lower), upper: pick(sample.quantiles.upper) },
  };
}
