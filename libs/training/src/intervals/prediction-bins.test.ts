import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, predictionEdges } from './prediction-bins.js';

const rising = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('predictionEdges()', () => {
  it('cuts into as many equal bins as the units carry', () => {
    const predictions = rising(120);
    const limits = { maximumBins: 8, unitsPerBin: 20 };
    expect(predictionEdges({ predictions, unitOf: predictions }, limits)).toEqual([20, 40, 60, 80, 100]);
    expect(predictionEdges({ predictions, unitOf: predictions }, { ...limits, maximumBins: 2 })).toEqual([60]);
    expect(predictionEdges({ predictions, unitOf: predictions.map((i) => i % 19) }, limits)).toEqual([]);
  });

  it('does not part equal predictions', () => {
    const predictions = [...rising(60), ...Array.from({ length: 60 }, () => 125)];
    const edges = predictionEdges({ predictions, unitOf: rising(120) }, { maximumBins: 4, unitsPerBin: 5 });
    expect(edges).toEqual([30, 125]);
    expect(predictionEdges({ predictions: rising(50).map(() => 7), unitOf: rising(50) }, { maximumBins: 4, unitsPerBin: 5 })).toEqual([]); // prettier-ignore
  });

  it('gives rising edges between bins of which each has the units asked for', () => {
    const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 })), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 6 }), (sample, unitsPerBin) => {
        const predictions = sample.map(([prediction]) => prediction);
        const unitOf = sample.map(([, unit]) => unit);
        const edges = predictionEdges({ predictions, unitOf }, { maximumBins: 8, unitsPerBin });
        expect(edges).toEqual([...new Set(edges)].toSorted((a, b) => a - b));
        if (edges.length === 0) return;
        for (let bin = 0; bin <= edges.length; bin++) {
          const units = new Set(unitOf.filter((_, i) => binOf(predictions[i]!, edges) === bin));
          expect(units.size).toBeGreaterThanOrEqual(unitsPerBin);
        }
      }),
    );
  });
});

describe('binOf()', () => {
  it('puts a prediction that is equal to an edge into the bin above it', () => {
    expect([-5, 9.99, 10, 19, 20, 1e9].map((prediction) => binOf(prediction, [10, 20]))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(binOf(3, [])).toBe(0);
  });
});
