import { createRng, normal, quantile } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossAndSlope, outputColumns, referenceLoss, softmax, type LossTerm } from './losses.js';

const of = (terms: readonly LossTerm[], outputs: readonly number[], targets: readonly number[]) => {
  const { loss, slope } = lossAndSlope(terms, Float32Array.from(outputs), Float32Array.from(targets));
  return { loss, slope: Array.from(slope) };
};

describe('lossAndSlope()', () => {
  it('is the mean squared error', () => {
    expect(of([{ type: 'mse' }], [2.5, 6.5], [1, 4])).toEqual({ loss: 4.25, slope: [1.5, 2.5] });
  });

  it('is the loss of Huber: a parabola up to delta, a line beyond it', () => {
    // errors 0.5, -3: 0.125 and 1 · (3 − 0.5)
    expect(of([{ type: 'huber', delta: 1 }], [0.5, -3], [0, 0])).toEqual({ loss: 2.625 / 2, slope: [0.25, -0.5] });
  });

  it('is the pinball loss, mean over the levels', () => {
    // y − q = 2 and −1: 0.9·2 and 0.5·1
    const { loss, slope } = of([{ type: 'pinball', levels: [0.9, 0.5] }], [0, 3], [2]);
    expect(loss).toBeCloseTo((1.8 + 0.5) / 2, 12);
    expect(slope).toEqual([expect.closeTo(-0.45, 6), expect.closeTo(0.25, 6)]);
  });

  it('has no slope where a quantile equals the target', () => {
    expect(of([{ type: 'pinball', levels: [0.9] }], [2], [2])).toEqual({ loss: 0, slope: [0] });
  });

  it('is the cross-entropy of the right class, weighted by it', () => {
    // shares 1/4 and 3/4; the windows are of class 1 and 0
    const logits = [0, Math.log(3), 0, Math.log(3)];
    const { loss, slope } = of([{ type: 'cross-entropy', classWeights: [3, 1] }], logits, [1, 0]);
    expect(loss).toBeCloseTo((-Math.log(0.75) - 3 * Math.log(0.25)) / 2, 6);
    const expected = [0.25 / 2, -0.25 / 2, (-0.75 * 3) / 2, (0.75 * 3) / 2];
    slope.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 6);
    });
  });

  it('stays finite for logits far apart', () => {
    const { loss, slope } = of([{ type: 'cross-entropy', classWeights: [1, 1] }], [1000, -1000], [1]);
    expect(loss).toBe(2000);
    expect(slope).toEqual([1, -1]);
  });

  it('adds terms by their weights, each on its columns', () => {
    const terms: LossTerm[] = [{ type: 'pinball', levels: [0.5], weight: 2 }, { type: 'mse', weight: 0.5 }, { type: 'pinball', levels: [0.1] }]; // prettier-ignore
    // columns: point, 0.5, 0.1
    const { loss, slope } = of(terms, [1, 1, 1], [0]);
    expect(loss).toBeCloseTo(0.5 * 1 + 2 * 0.5 + 0.9, 12);
    expect(slope).toEqual([1, 1, expect.closeTo(0.9, 6)]);
  });

  it('has the slope that finite differences show, whatever the terms', () => {
    const weight = fc.double({ min: 0.1, max: 3, noNaN: true });
    const regression: fc.Arbitrary<LossTerm[]> = fc
      .tuple(weight, weight, weight, fc.double({ min: 0.2, max: 2, noNaN: true }))
      .map(([a, b, c, delta]) => [{ type: 'mse', weight: a }, { type: 'huber', delta, weight: b }, { type: 'pinball', levels: [0.05, 0.5, 0.9], weight: c }]); // prettier-ignore
    const classes: fc.Arbitrary<LossTerm[]> = fc.tuple(weight, weight).map(([a, b]) => [{ type: 'cross-entropy', classWeights: [a, 1, b, 0] }]); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(regression, classes), fc.integer(), (terms, seed) => {
        const rng = createRng(seed);
        const outputs = Array.from({ length: 12 }, () => normal(rng));
        const targets = Array.from({ length: 3 }, () => (terms[0]!.type === 'cross-entropy' ? Math.floor(4 * rng.next()) : normal(rng))); // prettier-ignore
        const { slope } = of(terms, outputs, targets);
        const step = 2 ** -10;
        slope.forEach((value, index) => {
          const error = Math.abs(outputs[index]! - targets[Math.floor(index / 4)]!);
          fc.pre(error > 2 * step); // across the corner of a pinball loss a difference means nothing
          const moved = (by: number): number => of(terms, outputs.with(index, outputs[index]! + by), targets).loss;
          expect(Math.abs(value - (moved(step) - moved(-step)) / (2 * step))).toBeLessThan(5e-3);
        });
      }),
    );
  });

  it('is least, as pinball loss, at the quantile', () => {
    const rng = createRng(1);
    const targets = Array.from({ length: 500 }, () => normal(rng));
    const lossAt = (value: number): number => of([{ type: 'pinball', levels: [0.8] }], targets.map(() => value), targets).loss; // prettier-ignore
    const best = quantile(targets, 0.8);
    for (const away of [-0.1, 0.1]) expect(lossAt(best)).toBeLessThan(lossAt(best + away));
  });

  it('refuses a target that is no class', () => {
    const terms: LossTerm[] = [{ type: 'cross-entropy', classWeights: [1, 1] }];
    for (const label of [2, -1, 0.5, NaN]) expect(() => of(terms, [0, 0], [label])).toThrow(`a target is ${label}`);
  });
});

describe('softmax()', () => {
  it('gives shares that sum to 1, whatever is added to the logits', () => {
    const { values } = softmax(Float32Array.of(1000, 1000 + Math.log(3)));
    expect(values[0]).toBeCloseTo(0.25, 4);
    expect(values[0]! + values[1]!).toBeCloseTo(1, 12);
  });
});

describe('referenceLoss()', () => {
  it('is the loss of an output of 0, or of targets of 1 if that is more', () => {
    expect(referenceLoss([{ type: 'mse' }], 1, Float32Array.of(3, 1))).toBe(5);
    expect(referenceLoss([{ type: 'mse' }], 1, Float32Array.of(0, 0))).toBe(1);
    const classes: LossTerm[] = [{ type: 'cross-entropy', classWeights: [1, 2] }];
    expect(referenceLoss(classes, 2, Float32Array.of(1, 1))).toBeCloseTo(2 * Math.log(2), 12);
  });
});

describe('outputColumns()', () => {
  it('lists the point, then the quantiles, or the classes', () => {
    const terms: LossTerm[] = [
      { type: 'pinball', levels: [0.1, 0.9] },
      { type: 'huber', delta: 1 },
    ];
    expect(outputColumns(terms)).toEqual([{ kind: 'point' }, { kind: 'quantile', level: 0.1 }, { kind: 'quantile', level: 0.9 }]); // prettier-ignore
    const classes: LossTerm[] = [{ type: 'cross-entropy', classWeights: [1, 1] }];
    expect(outputColumns(classes, ['no', 'yes'])).toEqual([{ kind: 'class', name: 'no' }, { kind: 'class', name: 'yes' }]); // prettier-ignore
  });
});
